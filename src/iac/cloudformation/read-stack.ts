import { readFile, stat } from 'node:fs/promises'
import type { OutputReader } from '../output-reader.ts'
import { found, leftCode } from './found.ts'
import { readTemplate } from './read-template.ts'
import { templateFunctions } from './template-functions.ts'

/** CloudFormation takes templates of 1 MB. */
const mostBytes = 4_000_000

/** Reads templates of CloudFormation, whose stacks have the names of most functions. */
export const cloudFormationTemplates: OutputReader = {
  reads: 'a template of CloudFormation',
  read: async (path, shownAs) => {
    if (!/\.(ya?ml|json|template)$/.test(path)) return undefined
    const { size } = await stat(path)
    if (size > mostBytes || !(await readFile(path, 'utf8')).includes('AWS::Lambda::Function'))
      return undefined
    const functions = templateFunctions(await readTemplate(path))
    return {
      tool: 'CloudFormation',
      functions: functions.map((fn) => ({ ...found(fn), ...leftCode(fn, shownAs) })),
      left: [],
    }
  },
}
