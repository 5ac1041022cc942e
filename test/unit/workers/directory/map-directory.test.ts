import { describeDirectory } from '../../../integration/workers/directory-contract.ts'
import { MapDirectory } from '../map-directory.ts'

const directory = new MapDirectory()
describeDirectory('maps, for tests', () => directory)
