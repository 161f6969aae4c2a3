import * as autoScaling from '@aws-sdk/client-application-auto-scaling'
import { type Pace, realPace } from '../clock.ts'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/application-autoscaling.json' with { type: 'json' }
import { errorsWithMessage, type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import { actionOperations } from './actions.ts'
import { createTurns } from './carry-out.ts'
import { policyOperations } from './policies.ts'
import { type Scalings, validation } from './records.ts'
import { targetOperations } from './targets.ts'

export interface AutoScalingDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** The operations of the sandbox's own services, which are asked for with each call; default: there are none. */
  lambda?: () => Operations
  cloudWatch?: () => Operations
}

/** The time between two turns, milliseconds. */
const turnMs = 1000

/** Application Auto Scaling for Lambda's provisioned concurrency; README.md tells what it has. */
export function autoScalingService({
  clock,
  pace = realPace,
  lambda = () => ({}),
  cloudWatch = () => ({}),
}: AutoScalingDependencies): {
  service: Service
  persistent: Persistent[]
  close(): Promise<void>
} {
  const scalings: Scalings = {
    targets: new KeptMap('scalable-target'),
    policies: new KeptMap('scaling-policy'),
    actions: new KeptMap('scheduled-action'),
    clock,
    lambda,
    cloudWatch,
  }
  return {
    service: {
      signingName: 'application-autoscaling',
      protocol: {
        kind: 'awsJson',
        version: '1.1',
        target: 'AnyScaleFrontendService',
        capitalised: errorsWithMessage(autoScaling),
      },
      schemas: operationSchemas(autoScaling),
      operations: checked(
        { ...targetOperations(scalings), ...policyOperations(scalings), ...actionOperations(scalings) },
        constraints,
        validation,
      ),
    },
    persistent: [scalings.targets, scalings.policies, scalings.actions],
    close: repeat(createTurns(scalings), pace.beatMs(turnMs)),
  }
}

/** Takes turns, one at a time. @returns an end that waits for the turn under way */
function repeat(turn: () => Promise<void>, everyMs: number): () => Promise<void> {
  let underWay: Promise<void> | undefined
  const timer = setInterval(() => {
    underWay ??= turn().finally(() => {
      underWay = undefined
    })
  }, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
