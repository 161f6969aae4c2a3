import type { Row } from './row.ts'
import { adoptionRows } from './rows/adoption.ts'
import { alarmRows } from './rows/alarm.ts'
import { concurrencyRows } from './rows/concurrency.ts'
import { costRows } from './rows/cost.ts'
import { declaredTriggerRows } from './rows/declared-trigger.ts'
import { functionRows } from './rows/function.ts'
import { identityRows } from './rows/identity.ts'
import { logRows } from './rows/log.ts'
import { settingRows } from './rows/setting.ts'
import { sourceRows } from './rows/source.ts'
import { triggerRows } from './rows/trigger.ts'

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
  ...declaredTriggerRows,
  ...settingRows,
  ...sourceRows,
  ...adoptionRows,
  ...identityRows,
]
