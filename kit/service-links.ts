const BY_NAME = /_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/
const BY_VALUE = /^(tcp|udp|sctp):\/\//

/**
 * Whether a variable is one that Kubernetes sets in every pod for a Service of its namespace, here one whose name begins
 * with "restante": RESTANTE_SERVICE_HOST, RESTANTE_SERVICE_PORT_MQTT, RESTANTE_PORT=tcp://…,
 * RESTANTE_PORT_1883_TCP_ADDR. Nobody wrote them, so they are no mistakes, and they set nothing: a Service
 * "restante-mqtt" makes RESTANTE_MQTT_PORT=tcp://…, which is no port.
 */
export function isServiceLink(name: string, value: string | undefined): boolean {
  return BY_NAME.test(name) || (name.endsWith('_PORT') && BY_VALUE.test(value ?? ''))
}
