import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { endianness } from 'node:os'

/**
 * Tells whether the other end of a loopback connection is a process of this user, by the kernel's table of connections
 * on Linux. A runtime finds its API by host and port alone, so it has no secret that it could send.
 *
 * @returns true also if there is no such table
 */
export function isOwnPeer({ remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 }: Socket) {
  const user = process.geteuid?.()
  const rows = process.platform === 'linux' ? ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(rowsOf) : []
  const here = endOf(localAddress, localPort)
  const there = endOf(remoteAddress, remotePort)
  const isTold = rows.some(({ local, remote }) => isSame(local, here) && isSame(remote, there))
  if (!isTold) return true
  // A closed connection has no owner, and counts as the kernel's own.
  return rows.some(
    ({ local, remote, uid, inode }) =>
      isSame(local, there) && isSame(remote, here) && uid === user && inode !== '0',
  )
}

interface Row {
  local: string
  remote: string
  uid: number
  inode: string
}

function rowsOf(table: string): Row[] {
  let text = ''
  try {
    text = readFileSync(table, 'latin1')
  } catch {
    return []
  }
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [, local = '', remote = '', , , , , uid = '', , inode = ''] = line.trim().split(/\s+/)
      return { local, remote, uid: Number(uid), inode }
    })
}

/** As in `0100007F:1F90`: the kernel prints an address as a number in its own byte order. */
function endOf(address: string, port: number): string {
  const bytes = address
    .replace('::ffff:', '')
    .split('.')
    .map((part) => hex(Number(part), 2))
  const ordered = endianness() === 'LE' ? bytes.toReversed() : bytes
  return `${ordered.join('')}:${hex(port, 4)}`
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0')
}

/** A program may use an IPv6 socket for an IPv4 address; then the table has a prefix. */
function isSame(end: string, expected: string): boolean {
  return end === expected || end.endsWith(`FFFF0000${expected}`)
}
