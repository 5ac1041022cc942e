import { describeDirectory } from '../../integration/directory-contract.ts'
import { MapDirectory } from './map-directory.ts'

const directory = new MapDirectory()
describeDirectory('maps, for tests', () => directory)
