import type { FunctionStatus } from '../../workflows/incident/status.ts'
import type { StatusLook } from '../../workflows/incident/watch-status.ts'
import { worstWord } from '../results/status/overview.ts'
import { troubleSummary } from '../results/status/troubles.ts'
import { plainLine } from '../text/plain.ts'
import { withTimes } from '../text/time.ts'

/** The functions whose state differs from the look before; figures alone are no difference. */
export function changedStatuses(): (look: StatusLook) => FunctionStatus[] {
  const known = new Map<string, string>()
  return ({ statuses }) =>
    statuses.filter((status) => {
      const { lambdaName, state, alias, standing, troubles } = status
      const kinds = troubles.map(({ kind }) => kind)
      const now = JSON.stringify([state, alias?.version, alias?.weight, standing?.summary, kinds])
      const isNew = known.get(lambdaName) !== now
      known.set(lambdaName, now)
      return isNew
    })
}

/** `checkout  ALARM  the alarm errors fires since …`: one line. */
export function statusLine(status: FunctionStatus): string {
  const [worst] = status.troubles
  const summary = worst ? troubleSummary(worst) : plainLine(withTimes(status.standing?.summary ?? ''))
  return `${status.function}  ${worstWord(status)}  ${summary}`
}
