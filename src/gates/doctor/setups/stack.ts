import type { Mend } from '../diagnosis.ts'
import type { Names } from './names.ts'

/** Lists the versions and aliases that a stack makes. */
export function stackCommand(stack: string, { awsCli }: Names): Mend {
  const { program, flags } = awsCli
  const isPublished = ['Alias', 'Version'].map((type) => `ResourceType=='AWS::Lambda::${type}'`).join('||')
  const query = `"StackResourceSummaries[?${isPublished}].[ResourceType,LogicalResourceId]"`
  return {
    where: 'To see the versions and aliases that the stack makes; expected: none',
    language: 'sh',
    text: [
      `${program} cloudformation list-stack-resources --stack-name ${stack} --output text --query ${query}`,
      ...flags,
    ].join(' '),
  }
}
