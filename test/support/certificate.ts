/**
 * A TLS key and a certificate for localhost that it signed itself, good for a hundred years: nobody trusts it, and
 * nothing but tests has ever used it.
 */
export const CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPxMHpaxUyk3PnAYV
CSzFOUeIHrzIbWeeamvRJTxJ1NuhRANCAASUneoAPhk/DKwcsadyM8SltQOrVuLF
RwZ65fVeEHgVRChN2ke7oZEHBIWMo3dfKer9esqYFrezg6gMArjj4f4K
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUW8FYGTuajwzzXOyghNps8WBjiOkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODEyMDQzMFoYDzIxMjYxMTA0
MTIwNDMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASUneoAPhk/DKwcsadyM8SltQOrVuLFRwZ65fVeEHgVRChN2ke7oZEH
BIWMo3dfKer9esqYFrezg6gMArjj4f4Ko28wbTAdBgNVHQ4EFgQU4CZ8cP9Y25R9
3TI6Np3nyknVGFUwHwYDVR0jBBgwFoAU4CZ8cP9Y25R93TI6Np3nyknVGFUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSAAwRQIhAOMyQkXaE4LoWhkkx0n/jjXyu/+iK6Dxt5f3TTzjDPyuAiAu
KL3N+NSlBirlmSiKV8B5V+a3qxOZwGAtCjWncwlhTg==
-----END CERTIFICATE-----
`,
}
