import { Option } from 'commander'

export const DATA_DIR = './restante-data'

/** `--data`: on the machine of a server, its own environment says it too. */
export function dataOption(description: string): Option {
  return new Option('--data <directory>', description).env('RESTANTE_DATA_DIR').default(DATA_DIR)
}
