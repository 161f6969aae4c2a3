import type { Mend } from '../diagnosis.ts'
import { type Names, pascalCase } from './names.ts'

/** The template has no version and no alias. */
export function cloudFormationMends({ alias, name, logicalId = pascalCase(name) }: Names): Mend[] {
  return [
    {
      where: `To name ${alias} in a permission, an event source mapping or a target`,
      language: 'yaml',
      text: `!Sub "\${${logicalId}}:${alias}"`,
    },
    {
      where: `First, if the template makes ${alias}: keep it and its version, deploy, then remove both and deploy again`,
      language: 'yaml',
      text: `DeletionPolicy: Retain
UpdateReplacePolicy: Retain`,
    },
  ]
}
