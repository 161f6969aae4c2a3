import { readFile, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import type { FoundOutput } from '../found-function.ts'
import type { OutputReader } from '../output-reader.ts'
import { readSamTemplate, type SourceFile } from './sam/template.ts'

/** Reads SAM's templates. Those that `sam build` wrote are no sources. */
export const samTemplates: OutputReader = {
  reads: 'a SAM template',
  read: (path, shownAs) =>
    path.split(sep).includes('.aws-sam')
      ? Promise.resolve(undefined)
      : readFileBy(readSamTemplate, path, shownAs),
}

/** CloudFormation takes templates of 1 MB. */
const mostBytes = 4_000_000

async function readFileBy(
  read: (file: SourceFile) => FoundOutput | undefined,
  path: string,
  shownAs: string,
): Promise<FoundOutput | undefined> {
  const found = await stat(path)
  if (!found.isFile() || found.size > mostBytes || !/\.(ya?ml|json|template)$/.test(path)) return undefined
  return read({ text: await readFile(path, 'utf8'), path, shownAs })
}
