import { globSync } from 'node:fs'
import type { Type } from 'typescript/unstable/sync'
import { schemaVersion } from '../../src/ui/text/json/versioned.ts'
import { Program } from './program.ts'
import type { Schema } from './schema.ts'
import { TypeSchemas } from './type-schemas.ts'

/** These events may come in any stream, and make none by themselves. */
const commonEvents = ['error', 'notice', 'place']

const versionSchema: Schema = {
  description: 'Rises when a field is taken away or renamed, or gets another type, unit or meaning.',
  const: schemaVersion,
}

/**
 * The schemas of all that the commands print under `--json`, as texts by their path in `schemas/`. The type of a
 * command's `run` is that of its document, and the parameter of its `streamJson` that of its events.
 */
export function commandSchemas(root: string): Readonly<Record<string, string>> {
  using program = new Program(root)
  const commands = globSync('src/commands/**/*.ts', { cwd: root }).toSorted()
  const connected = program.declared('src/cli/connected-command.ts', 'ConnectedCommand')
  const files = [
    ...commands.flatMap((file) => schemasOf(program, idOf(file), program.declared(file, 'default'))),
    document(program, 'error', program.returned(connected, 'errorDocument')),
    document(program, 'version', program.declared('src/cli/main.ts', 'VersionDocument')),
  ]
  return Object.fromEntries(
    files.flatMap((file) => (file ? [[file.path, `${JSON.stringify(file.schema, undefined, 2)}\n`]] : [])),
  )
}

/** `canary.status` for `src/commands/canary/status.ts`. */
function idOf(file: string): string {
  const path = file.replace(/^src\/commands\//, '').replace(/(\/index)?\.ts$/, '')
  return path.replaceAll('/', '.')
}

interface File {
  path: string
  schema: object
}

function schemasOf(program: Program, id: string, command: Type): (File | undefined)[] {
  // Its document is a JSON Schema, which has no other one.
  if (id === 'schema') return []
  const place = program.member(command, 'place')
  return [document(program, id, program.returned(command, 'run'), place), stream(program, id, command)]
}

function document(program: Program, id: string, type: Type, place?: Type): File | undefined {
  const schemas = new TypeSchemas(program.checker)
  const variants = schemas.variants(type)
  if (variants.length === 0) return undefined
  const more = place ? { place: schemas.schemaOf(place) } : {}
  return {
    path: `documents/${id}.json`,
    schema: whole(
      variants.map((each) => withFields(each, more)),
      schemas,
    ),
  }
}

function stream(program: Program, id: string, command: Type): File | undefined {
  const schemas = new TypeSchemas(program.checker)
  const events = schemas.variants(program.taken(command, 'streamJson'))
  if (events.every((event) => commonEvents.includes(nameOf(event)))) return undefined
  events.sort((one, other) => nameOf(one).localeCompare(nameOf(other)))
  return {
    path: `events/${id}.json`,
    schema: whole(
      events.map((each) => withFields(each, {})),
      schemas,
    ),
  }
}

function nameOf({ properties }: Schema): string {
  return String(properties?.['event']?.const)
}

/** Adds the fields that each document has: the version, and those of the base command. */
function withFields(schema: Schema, more: Record<string, Schema>): Schema {
  const { properties, required = [], ...rest } = schema
  return {
    ...rest,
    properties: { schemaVersion: versionSchema, ...properties, ...more },
    required: ['schemaVersion', ...required],
  }
}

function whole(variants: readonly Schema[], { $defs }: TypeSchemas): object {
  const [only, ...others] = variants
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...(only && others.length === 0 ? only : { anyOf: variants }),
    ...(Object.keys($defs).length > 0 && { $defs }),
  }
}
