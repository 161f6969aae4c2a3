/** Writes the tables of settings in docs/configuration.md from the rows of src/function/. */

import { attachmentKeys } from '../src/function/attachments/compare.ts'
import type { Attachment } from '../src/function/attachments/row.ts'
import { attachmentTable } from '../src/function/attachments/table.ts'
import { namesOf } from '../src/function/aws-names.ts'
import { type Field, settingFields, writtenOf } from '../src/function/settings/fields.ts'
import { leftOut, rowOf, type SettingKey, settingKeys } from '../src/function/settings/rows.ts'
import { between, table } from './tables.ts'

const marks = {
  versioned: ['<!-- versioned settings: made by npm run generate -->', '<!-- end of versioned settings -->'],
  attachments: ['<!-- attachments: made by npm run generate -->', '<!-- end of attachments -->'],
} as const

/** Returns the text of docs/configuration.md with both tables as the rows have them. */
export function withSettingsTables(text: string): string {
  const versioned = [['Field', "AWS's name", 'Left out'], ...settingKeys.map(versionedRow)]
  const attachments = [['Field', "AWS's name", 'Of', 'Left out'], ...attachmentKeys.map(attachmentRow)]
  return between(between(text, marks.versioned, table(versioned)), marks.attachments, table(attachments))
}

function versionedRow(key: SettingKey): string[] {
  const fields = settingFields.filter((field) => field.key === key)
  const names = fields.flatMap(({ aws, keys }) => namesOf(aws, keys.join('.')))
  const notes = fields.map(({ note, unit }) => note ?? (unit === 'MB' ? 'in MB' : '')).filter(Boolean)
  const ours = [...new Set(names.map(({ ours: name }) => name))]
  return [
    [grouped(ours), ...notes].join(' '),
    grouped(names.map(({ other }) => other)),
    leftOutWords(key, fields),
  ]
}

function leftOutWords(key: SettingKey, fields: readonly Field[]): string {
  const { leftOut: meaning, leftOutWords: words, default: usual } = rowOf(key)
  if (words !== undefined) return words
  if (meaning === 'kept') return Array.isArray(usual) ? 'as they are' : 'as it is'
  const values = fields.map((field) => writtenOf(field, { [key]: leftOut(key) }, '<name>'))
  return values.map((value) => (value === '' ? '' : `\`${String(value)}\``)).join(', ')
}

function attachmentRow(key: (typeof attachmentKeys)[number]): string[] {
  const row: Omit<Attachment<unknown>, 'default' | 'said' | 'compared'> = attachmentTable[key]
  const { fields, note = '', of, leftOut: words = 'as it is' } = row
  return [`${grouped(Object.keys(fields))}${note}`, grouped(Object.values(fields)), of, words]
}

/** Names with what they begin with told once, as in `` `vpc: {subnets, ipv6}` ``. */
function grouped(names: readonly string[]): string {
  return groups(names.map((name) => name.split('.')))
    .map((name) => `\`${name}\``)
    .join(', ')
}

function groups(paths: readonly (readonly string[])[]): string[] {
  const heads = [...new Set(paths.map(([head = '']) => head))]
  return heads.map((head) => {
    const below = paths.filter(([first]) => first === head).map(([, ...rest]) => rest)
    if (below.length === 1) return [head, ...(below[0] ?? [])].join('.')
    const members = groups(below)
    return members.length === 1 ? `${head}.${members.join('')}` : `${head}: {${members.join(', ')}}`
  })
}
