import { readFile, stat } from 'node:fs/promises'
import type { LeftOut } from '../found-function.ts'
import { mapOf } from '../json.ts'
import type { OutputReader } from '../output-reader.ts'
import { dataOf, type Part, partAt, partsOf, textOf } from '../sources/part.ts'
import { found, leftCode } from './found.ts'
import { readTemplateLines } from './read-template.ts'
import { templateFunctions } from './template-functions.ts'
import { toAliasOf } from './to-alias.ts'

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
    const template = await readTemplateLines(path)
    return {
      tool: 'CloudFormation',
      functions: templateFunctions(mapOf(dataOf(template))).map((fn) => ({
        ...found(fn),
        ...leftCode(fn, shownAs, partAt(template, 'Resources', fn.logicalId, 'Properties', 'Code')?.line),
        toAlias: toAliasOf(fn.logicalId, template, shownAs),
      })),
      left: leftOf(template, shownAs),
    }
  },
}

/** Resources that may contain functions that the template does not name. */
function leftOf(template: Part, file: string): LeftOut[] {
  return Array.from(partsOf(partAt(template, 'Resources'))).flatMap(([what, part]) => {
    const { line } = part
    if (what.startsWith('Fn::'))
      return [
        { what, file, line, why: "only the deployed stack has a loop's functions: init --from-stack STACK" },
      ]
    if (textOf(partAt(part, 'Type')) !== 'AWS::CloudFormation::Stack') return []
    return [{ what, file, line, why: 'its template is elsewhere: init --from-stack STACK has its functions' }]
  })
}
