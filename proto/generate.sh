#!/usr/bin/env bash
# Generates proto/gen from the schemas: client.js (what crosses a phone's link), server.js (what stays inside).
set -eu
cd "$(dirname "$0")/.."
out=${1:-proto/gen}
mkdir -p "$out"
flags=(-t static-module -w esm --force-number --no-verify --no-convert --no-delimited --no-service --no-typeurl --dts -p proto)
npx pbjs "${flags[@]}" -r client -o "$out/client.js" proto/up.proto proto/down.proto proto/request.proto proto/content.proto
npx pbjs "${flags[@]}" -r server -o "$out/server.js" proto/work.proto proto/state.proto proto/bus.proto
# Numbers only (long.ts): the declarations name a package that we do not have.
sed -i.bak -e '/^import Long = require("long");$/d' -e 's/(number|Long)/number/g' -e 's/number|Long/number/g' "$out/client.d.ts" "$out/server.d.ts"
rm "$out/client.d.ts.bak" "$out/server.d.ts.bak"
# A oneof's setter looks at all its fields, which costs more than the rest of decoding: it is for a second field only.
sed -i.bak -E \
  -e 's/^( +)message = _target \|\| new .*;$/&\n\1let isChosen = Boolean(_target);/' \
  -e 's/^( +)(message\.[a-zA-Z]+ = "[a-zA-Z]+";)$/\1if (isChosen)\n\1    \2\n\1isChosen = true;/' \
  "$out/client.js" "$out/server.js"
# What is not set stands on the prototype as zero, empty or null, which is not sent: nobody needs to ask whose it is.
sed -i.bak -E 's/ \&\& \$Object\.hasOwnProperty\.call\(message, "[a-zA-Z0-9]+"\)//' "$out/client.js" "$out/server.js"
rm "$out/client.js.bak" "$out/server.js.bak"
