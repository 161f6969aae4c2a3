/** Writes the table of docs/permissions.md from src/operation/permissions/. */

import { resourceKinds } from '../src/operation/permissions/resources.ts'
import type { Row } from '../src/operation/permissions/row.ts'
import { permissionTable } from '../src/operation/permissions/table.ts'
import { between, table } from './tables.ts'

const marks = ['<!-- permissions: made by npm run generate -->', '<!-- end of permissions -->'] as const

/** Returns the text of docs/permissions.md with the table as the rows have it. */
export function withPermissionsTable(text: string): string {
  const rows = [['Actions', 'On', 'For', 'Only with'], ...permissionTable.map(cellsOf)]
  return between(text, marks, table(rows))
}

function cellsOf({ service, actions, on, verbs, fields = [], manages }: Row): string[] {
  const conditions = [
    ...(manages === undefined ? [] : [`\`manages: ${manages}\``]),
    ...(fields.length === 0 ? [] : [fields.map(fieldWords).join(' or ')]),
  ]
  return [
    `\`${service}:\` ${actions.join(', ')}`,
    resourceKinds[on].words,
    verbs.map((verb) => `\`${verb}\``).join(', '),
    conditions.join(', '),
  ]
}

function fieldWords(field: string): string {
  return /^[\w.]+$/.test(field) ? `\`${field}\`` : field
}
