import type { IClientOptions, MqttClient } from 'mqtt'

/** What differs between Node and a browser. */
export interface Platform {
  /** Opens one connection, with MQTT 3.1.1 (trap 14). @throws UnreachableError bad-url for one that this platform cannot use */
  open(url: string, options: IClientOptions): MqttClient
  /**
   * Calls back when the network or the app woke up, so that timers may have slept (trap 21).
   * @returns a function that ends it
   */
  onWake(callback: () => void): () => void
}
