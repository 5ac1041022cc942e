import { spawn, type ChildProcess } from 'node:child_process'

/** A test run that is cut short leaves no server behind, and not its directory: the run's end closes the pipe. */
export function keepWatch(server: ChildProcess, directory: string): void {
  const afterwards = `cat >/dev/null; kill -9 ${server.pid}; rm -rf '${directory}'`
  const watchdog = spawn('sh', ['-c', afterwards], { stdio: ['pipe', 'ignore', 'ignore'] })
  server.once('exit', () => watchdog.kill('SIGKILL'))
}
