import type { Aws } from '../../src/ports/aws.ts'
import type { Calls } from './calls.ts'

/** A user whose permissions nobody has looked at, and roles without policies. */
export function fakeIam(calls: Calls): Pick<Aws, 'identity' | 'rolePolicies' | 'simulation'> {
  return {
    identity: {
      caller: () =>
        calls.perform('identity.caller', () => ({
          account: '123456789012',
          arn: 'arn:aws:iam::123456789012:user/ada',
        })),
      lifetime: () => calls.perform('identity.lifetime', () => ({ isTemporary: false, isRenewed: false })),
      region: () => calls.perform('identity.region', () => 'eu-west-1'),
    },
    rolePolicies: { of: () => calls.perform('rolePolicies.of', () => []) },
    simulation: {
      principalOf: (arn) => calls.perform('simulation.principalOf', () => arn),
      decide: () => calls.perform('simulation.decide', () => []),
    },
  }
}
