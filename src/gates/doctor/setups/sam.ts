import type { Mend } from '../diagnosis.ts'
import { type Names, pascalCase } from './names.ts'

/** SAM makes no version and no alias without AutoPublishAlias, and moves none with a fixed AutoPublishCodeSha256. */
export function samMends(names: Names): Mend[] {
  const id = resourceId(names)
  return [
    {
      where: `To see the properties of ${id} and Globals that move an alias; expected: none, or AutoPublishAlias with a fixed AutoPublishCodeSha256 beside it`,
      language: 'sh',
      text: 'grep -n -e AutoPublish -e DeploymentPreference template.yaml',
    },
    {
      where: `To name ${names.alias} in a permission, an event source mapping or a target`,
      language: 'yaml',
      text: `!Sub "\${${id}}:${names.alias}"`,
    },
    {
      where:
        'First, if it has AutoPublishAlias alone: keep the alias, deploy, then remove AutoPublishAlias and deploy again',
      language: 'yaml',
      text: `Resources:
  ${id}:
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain`,
    },
  ]
}

function resourceId({ logicalId, name }: Names): string {
  return logicalId ?? `${pascalCase(name)}Function`
}
