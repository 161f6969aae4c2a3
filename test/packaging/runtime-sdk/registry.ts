import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** An npm registry on this machine with one package, of version 1.0.0. */
export interface Registry extends AsyncDisposable {
  url: string
  integrity: string
}

/** @param folder has the package's files */
export async function serveRegistry(name: string, folder: string): Promise<Registry> {
  const [packed = ''] = execFileSync('npm', ['pack', '--silent'], { cwd: folder, encoding: 'utf8' }).split(
    '\n',
  )
  const tarball = readFileSync(join(folder, packed))
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  const server = createServer((request, response) => {
    if (request.url === '/package.tgz') return void response.end(tarball)
    const version = { name, version: '1.0.0', dist: { integrity, tarball: `${url}/package.tgz` } }
    const isAsked = request.url === `/${name.replace('/', '%2f')}`
    response.statusCode = isAsked ? 200 : 404
    response.end(JSON.stringify(isAsked ? { name, versions: { '1.0.0': version } } : {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    integrity,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
