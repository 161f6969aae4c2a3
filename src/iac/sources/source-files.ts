import { readFile, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { OutputReader } from '../output-reader.ts'
import { stackOfProject } from '../sam/samconfig.ts'
import { readSamTemplate } from './sam/template.ts'
import { readServerlessFile } from './serverless/service-file.ts'
import type { SourceFile } from './source-file.ts'

/** Reads SAM's templates. Those that `sam build` wrote are no sources. */
export const samTemplates: OutputReader = {
  reads: 'a SAM template',
  read: async (path, shownAs) => {
    const file = path.split(sep).includes('.aws-sam') ? undefined : await sourceFile(path, shownAs)
    const found = file && readSamTemplate(file)
    if (!found) return undefined
    const stack = await stackOfProject(dirname(path))
    return { ...found, functions: found.functions.map((each) => ({ ...each, ...stack })) }
  },
}

/** Reads serverless.yml, with the template beside it that `serverless package` wrote. */
export const serverlessFiles: OutputReader = {
  reads: 'a serverless.yml',
  read: async (path, shownAs) => {
    const file = await sourceFile(path, shownAs)
    return file && readServerlessFile(file, await packagedBeside(path))
  },
}

/** CloudFormation takes templates of 1 MB. */
const mostBytes = 4_000_000

async function sourceFile(path: string, shownAs: string): Promise<SourceFile | undefined> {
  const found = await stat(path)
  if (!found.isFile() || found.size > mostBytes || !/\.(ya?ml|json|template)$/.test(path)) return undefined
  return { text: await readFile(path, 'utf8'), path, shownAs }
}

async function packagedBeside(path: string): Promise<unknown> {
  try {
    const text = await readFile(
      join(dirname(path), '.serverless', 'cloudformation-template-update-stack.json'),
      'utf8',
    )
    return JSON.parse(text) as unknown
  } catch (error) {
    // A package that is half written tells nothing either.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}
