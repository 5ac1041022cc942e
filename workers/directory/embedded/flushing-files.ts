import { fdatasyncSync, fsyncSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type ModuleOptions = Parameters<NodeFS['init']>[1]

/** What of Emscripten's file system on Node's is used here. https://emscripten.org/docs/api_reference/Filesystem-API.html */
interface NodeFiles {
  readonly stream_ops: {
    write: (stream: Stream, bytes: Uint8Array, offset: number, length: number, position: number) => number
    fsync?: (stream: Stream) => number
  }
  /** Turns Node's errors into those that C knows. */
  tryFSOperation<Value>(act: () => Value): Value
}

interface Stream {
  readonly path: string
  readonly node: { readonly mode: number }
  /** Node's number of the open file or directory. */
  readonly nfd: number
}

const LOG_PATH = '/pg_wal/'

/** PGlite's files, in a directory of Node's, flushed when PostgreSQL says so: as PGlite comes, nothing ever is. */
export class FlushingFiles extends NodeFS {
  /** Bytes of the write-ahead log since this was set to 0. */
  logBytes = 0

  override async init(pg: PGlite, options: ModuleOptions): Promise<{ emscriptenOpts: ModuleOptions }> {
    const { emscriptenOpts } = await super.init(pg, options)
    const hook: NonNullable<ModuleOptions['preRun']>[number] = ({ FS }) => {
      const { NODEFS } = FS.filesystems as unknown as { NODEFS: NodeFiles }
      const { write } = NODEFS.stream_ops
      NODEFS.stream_ops.write = (stream, bytes, offset, length, position) => {
        if (stream.path.includes(LOG_PATH)) this.logBytes += length
        return write(stream, bytes, offset, length, position)
      }
      NODEFS.stream_ops.fsync = ({ node, nfd }) => {
        const flush = FS.isDir(node.mode) ? fsyncSync : fdatasyncSync
        NODEFS.tryFSOperation(() => flush(nfd))
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), hook] } }
  }
}
