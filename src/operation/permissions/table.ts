import { adoptionRows } from './adoption-rows.ts'
import { alarmRows } from './alarm-rows.ts'
import { concurrencyRows } from './concurrency-rows.ts'
import { costRows } from './cost-rows.ts'
import { functionRows } from './function-rows.ts'
import { logRows } from './log-rows.ts'
import type { Row } from './row.ts'
import { settingRows } from './setting-rows.ts'
import { sourceRows } from './source-rows.ts'
import { triggerRows } from './trigger-rows.ts'

/**
 * The permissions that each command needs: the one list of them. `iam policy`, docs/permissions.md and the tests read
 * it. A test runs each command and compares its calls with this table.
 */
export const permissionTable: readonly Row[] = [
  ...functionRows,
  ...alarmRows,
  ...logRows,
  ...costRows,
  ...concurrencyRows,
  ...triggerRows,
  ...settingRows,
  ...sourceRows,
  ...adoptionRows,
]
