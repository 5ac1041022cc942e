import type { Node } from '../node.ts'

/** What connections need of the node. */
export type Delivery = Pick<
  Node,
  | 'attach'
  | 'ready'
  | 'subscribe'
  | 'unsubscribe'
  | 'acknowledge'
  | 'ping'
  | 'release'
  | 'take'
  | 'takeEphemeral'
>
