import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Closers } from '../../../src/sandbox/closers.ts'
import { claimState, type KeptState } from '../../../src/sandbox/state/claim.ts'
import { temporaryKeeper } from '../../../src/sandbox/state/keeper.ts'
import { KeptMap } from '../../../src/sandbox/state/kept-map.ts'
import type { Home } from '../../../src/sandbox/state/persistent.ts'
import { openSqlite } from '../../../src/sandbox/state/sqlite.ts'

let directory: string
const closers: Closers = []
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'keeper-'))
})
afterEach(async () => {
  await close()
  await rm(directory, { recursive: true })
})

async function close(): Promise<void> {
  for (const closer of closers.splice(0).toReversed()) await closer()
}

type Part = KeptMap<{ names: string[] }>
const createPart = (): Part => new KeptMap('part')

async function open(...parts: Part[]): Promise<KeptState> {
  const state = await claimState(directory, closers)
  state.keeper.restore(parts)
  return state
}

const databaseFile = () => path.join(directory, 'state.db')

describe('what was kept', () => {
  test('is there again after a restart, each record by itself', async () => {
    const before = createPart()
    const { keeper } = await open(before)
    before.set('a', { names: ['one'] })
    before.set('b', { names: ['two'] })
    expect(keeper.begin()()).toBeUndefined()
    before.set('a', { names: ['other'] })
    before.delete('b')
    await close()
    const after = createPart()
    await open(after)
    expect([...after]).toEqual([['a', { names: ['other'] }]])
  })

  test('is there again in its order, however many records there are', async () => {
    const before = createPart()
    const { keeper } = await open(before)
    const keys = Array.from({ length: 301 }, (_, index) => `"key" ${String(index).padStart(3, '0')}`)
    for (const key of keys) before.set(key, { names: [key] })
    expect(keeper.begin()()).toBeUndefined()
    await close()
    const after = createPart()
    await open(after)
    expect([...after]).toEqual(keys.map((key) => [key, { names: [key] }]))
  })

  test('is written soon where nobody asks', async () => {
    const part = createPart()
    await open(part)
    part.set('late', { names: [] })
    await vi.waitFor(
      async () => expect(await readFile(`${databaseFile()}-wal`, 'latin1')).toContain('late'),
      {
        timeout: 5000,
      },
    )
  })
})

describe('what could not be written', () => {
  /** Lets the database refuse the record of one key, as a full disk does. */
  async function refuseOne(): Promise<void> {
    await open()
    await close()
    const database = openSqlite(databaseFile())
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON records WHEN NEW.key = 'refused'
      BEGIN SELECT RAISE(ABORT, 'no room'); END`)
    database.close()
  }

  test('at the end is said in a sentence, and the folder is free', async () => {
    await refuseOne()
    const part = createPart()
    await open(part)
    part.set('refused', { names: [] })
    await expect(closers.pop()?.()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `The sandbox could not write its last changes to ${directory}: Error: no room.`,
      next: [expect.stringContaining('All that it had acknowledged is there') as string],
    })
    await close()
    await open(createPart())
  })

  test('fails the requests that ran meanwhile, and is undone', async () => {
    await refuseOne()
    const part = createPart()
    const { keeper } = await open(part)
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
    part.set('kept', { names: ['before'] })
    expect(keeper.begin()()).toBeUndefined()
    const [one, other] = [keeper.begin(), keeper.begin()]
    part.set('kept', { names: ['after'] })
    part.set('refused', { names: [] })
    expect([one(), other()]).toMatchObject([{ status: 507 }, { status: 507 }])
    expect(keeper.begin()()).toBeUndefined()
    expect([...part]).toEqual([['kept', { names: ['before'] }]])
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
  })
})

describe('without a state folder', () => {
  const createTable = (write: () => void) => ({
    attach: vi.fn<(home: Home) => void>(),
    hasChanges: () => true,
    write,
    erase: () => undefined,
    discard: vi.fn<() => void>(),
  })

  test('a table is written when somebody asks, and a failure fails the request', () => {
    const told = vi.fn<(error: unknown) => void>()
    const keeper = temporaryKeeper(told)
    const table = createTable(() => {
      throw new Error('no room')
    })
    keeper.restore([table])
    const end = keeper.begin()
    expect(table.discard).toHaveBeenCalledTimes(1)
    table.attach.mock.lastCall?.[0].commit()
    expect(end()).toMatchObject({ status: 507 })
    expect(table.discard).toHaveBeenCalledTimes(2)
    expect(told).toHaveBeenLastCalledWith(new Error('no room'))
    keeper.close()
  })

  test('a new service has an empty table', () => {
    const keeper = temporaryKeeper(() => undefined)
    const rows: unknown[] = []
    let erase = () => undefined as unknown
    const table = {
      ...createTable(() => undefined),
      erase: () => erase(),
      attach({ database }: Home) {
        erase = () => database.exec('DELETE FROM names')
        database.exec('CREATE TABLE IF NOT EXISTS names (name TEXT)')
        rows.push(database.prepare('SELECT name FROM names').all().length)
        database.exec("INSERT INTO names VALUES ('one')")
      },
    }
    keeper.restore([table])
    keeper.renew([table], [table])
    expect(rows).toEqual([0, 0])
    keeper.close()
  })
})

describe('a database that cannot be read', () => {
  async function refusal(): Promise<unknown> {
    const before = await readFile(databaseFile(), 'latin1')
    const error: unknown = await open(createPart()).catch((thrown: unknown) => thrown)
    await close()
    expect(await readFile(databaseFile(), 'latin1')).toBe(before)
    return error
  }
  const refused = (reason: string) => ({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(reason) as string,
    next: [expect.stringMatching(/another --state folder/) as string],
  })

  test('because it is something else is named, and left as it is', async () => {
    await writeFile(
      databaseFile(),
      'something else that is long enough to have a header of its own'.repeat(20),
    )
    expect(await refusal()).toMatchObject(refused('it is damaged, or no database'))
  })

  test('because it is cut off is named, and left as it is', async () => {
    const part = createPart()
    await open(part)
    for (let index = 0; index < 100; index++) part.set(`${index}`, { names: ['name'.repeat(100)] })
    await close()
    const whole = await readFile(databaseFile())
    await writeFile(databaseFile(), whole.subarray(0, 8192))
    expect(await refusal()).toMatchObject(refused(databaseFile()))
  })

  test('because a newer sandbox wrote it is named, and left as it is', async () => {
    await open(createPart())
    await close()
    const database = openSqlite(databaseFile())
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(await refusal()).toMatchObject(refused('a newer lambdactl (format 99, this one reads 3)'))
  })

  test('because an older sandbox wrote it is named with what to do, and left as it is', async () => {
    await open(createPart())
    await close()
    const database = openSqlite(databaseFile())
    database.exec('PRAGMA user_version = 1')
    database.close()
    expect(await refusal()).toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${directory} holds the state of an older sandbox (state.db), which this one cannot read.`,
      next: [expect.stringMatching(/another --state folder/), expect.stringMatching(/Nothing was changed/)],
    })
  })

  test('because another program wrote it is named, and left as it is', async () => {
    const database = openSqlite(databaseFile())
    database.exec('CREATE TABLE theirs (name TEXT)')
    database.close()
    expect(await refusal()).toMatchObject(refused('it is no state of a sandbox'))
  })

  test('because a record is no JSON is named, and left as it is', async () => {
    await open(createPart())
    await close()
    const database = openSqlite(databaseFile())
    database.exec("INSERT INTO records VALUES ('part', 'a', '{')")
    database.close()
    expect(await refusal()).toMatchObject(refused(databaseFile()))
  })

  test('because an older sandbox wrote files is refused with what to do, and they stay', async () => {
    await writeFile(path.join(directory, 'lambda.json'), '{}')
    await mkdir(path.join(directory, 'code'))
    await expect(open(createPart())).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${directory} holds the state of an older sandbox (lambda.json), which this one cannot read.`,
    })
    expect((await readdir(directory)).toSorted()).toEqual(['code', 'lambda.json'])
  })
})
