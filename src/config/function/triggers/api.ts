import type { ApiTrigger } from '../../../function/triggers/wanted.ts'
import { text, type Written } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape } from './common.ts'

export const apiShape = {
  api: text("an HTTP API's id or name").describe('An HTTP API of API Gateway: its id, or its name.'),
  route: text('a route, as in GET /items or $default', /^(?:\$default|(?:ANY|[A-Z]+) \/\S*)$/).describe(
    'A method and a path, as in GET /items/{id}, or $default for all others.',
  ),
  ...commonShape,
}

export function apiTrigger(name: string, fields: Written<typeof apiShape>, at: Position): ApiTrigger {
  return { ...commonOf(name, fields), kind: 'api', source: at.fill(fields.api, 'api'), route: fields.route }
}
