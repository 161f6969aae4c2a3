import pLimit from 'p-limit'
import { asLambdactlError, isCode } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { allowedDiagnosis, unsimulated } from '../../gates/doctor/machine/allowed.ts'
import type { Permitted } from '../../operation/permissions/facts.ts'
import type { Wanted } from '../../operation/permissions/policy.ts'
import {
  type Answer,
  type Question,
  questionsOf,
  simulatedBy,
} from '../../operation/permissions/simulation.ts'
import { releaseVerbs, verbs } from '../../operation/permissions/verbs.ts'
import type { Simulation } from '../../ports/iam/simulation.ts'
import { placeOf } from '../permissions/iam-policy.ts'
import type { Run } from '../run/run.ts'
import type { Patient } from './examined.ts'
import { environmentCommand } from './ways.ts'

/** Tells which commands the caller may run on the functions, by IAM's simulator. It changes nothing. */
export async function allowedCheck(
  run: Run,
  region: string | undefined,
  patients: readonly Patient[],
): Promise<Diagnosis> {
  const [first] = patients
  if (!first || region === undefined) return unsimulated('there is no function')
  const { simulation, identity } = run.aws
  const caller = await identity.caller(run.signal)
  const principal = await simulation.principalOf(caller.arn)
  if (principal === undefined) return unsimulated(`IAM can't simulate for ${caller.arn}`)
  const place = placeOf(region, caller.account)
  const wanted = { place, functions: patients.map(factsOf), verbs }
  const answers = await answersFor(run, principal, wanted).catch((error: unknown) => {
    if (isCode(error, 'NOT_PERMITTED') || isCode(error, 'NOT_FOUND')) return undefined
    throw error
  })
  if (!answers)
    return unsimulated(
      `it needs iam:SimulatePrincipalPolicy on ${principal}, and iam:GetRole for a role's path`,
    )
  const simulated = simulatedBy(wanted, answers)
  const refused = simulated.refusals.flatMap((each) => each.verbs)
  const releasing = refused.filter((verb) => releaseVerbs.includes(verb))
  const found = { principal, count: verbs.length, ...simulated, releasing }
  return allowedDiagnosis(found, (names) =>
    environmentCommand(first, 'iam policy', '--for', shellWord(names)),
  )
}

/** The facts of the file; of a file that lacks something, those that every function has. */
function factsOf({ permitted, target, declared, fields }: Patient): Permitted {
  try {
    return permitted()
  } catch (error) {
    if (asLambdactlError(error).kind !== 'user') throw error
    const { lambdaName } = target
    return { lambdaName, manages: declared.manages, logGroup: `/aws/lambda/${lambdaName}`, fields }
  }
}

/** IAM tells no quota of its simulator, and few calls at a time seldom meet it. */
const atOnce = 4

async function answersFor({ aws }: Run, principal: string, wanted: Wanted): Promise<Answer[]> {
  const limit = pLimit(atOnce)
  const asked = questionsOf(wanted).map((question) =>
    limit(() => decided(aws.simulation, principal, question)),
  )
  return (await Promise.all(asked)).flat()
}

/** IAM refuses some actions together: those that it decides by different facts. Then each is asked alone. */
async function decided(simulation: Simulation, principal: string, question: Question): Promise<Answer[]> {
  try {
    return await simulation.decide(principal, question)
  } catch (error) {
    if (!isCode(error, 'AWS_REFUSED') || question.actions.length === 1) throw error
  }
  const answers: Answer[] = []
  for (const action of question.actions) {
    answers.push(...(await simulation.decide(principal, { ...question, actions: [action] })))
  }
  return answers
}
