import { stat } from 'node:fs/promises'
import { LambdactlError } from '../../errors/error.ts'
import type { BuildCommand, MakingSource, Tools } from '../model/types.ts'
import { inTurn } from './in-turn.ts'
import { requireMade } from './require-made.ts'
import { runTool } from './run-tool.ts'

/**
 * Runs a source's build command, if it has one, and packages the source. Functions with the same command and folder
 * share one build. Commands in one folder never run at the same time, nor while an output is packaged.
 *
 * @throws LambdactlError PACKAGE_INVALID with the end of its output if it fails, or if the source is missing after it
 */
export async function withBuild<Made>(
  { build, source }: Pick<MakingSource, 'build' | 'source'>,
  tools: Tools,
  pack: () => Promise<Made>,
): Promise<Made> {
  if (!build) return pack()
  const { directory: folder, args } = build
  return inTurn(
    { signal: tools.signal, folder, name: JSON.stringify(args) },
    () => run(build, tools),
    async () => {
      await requireMade(source, wordsFor(build))
      return pack()
    },
  )
}

/** The arguments are not shown: a secret may be among them. */
function wordsFor({ args, directory }: BuildCommand): string {
  return `build: (${args[0]} in ${directory})`
}

async function run(build: BuildCommand, tools: Tools): Promise<void> {
  await requireFolder(build)
  tools.tell(`building with ${build.args[0]}`)
  await runTool(tools, wordsFor(build), build, [
    (config) =>
      `Run it there by hand, or correct build: in ${config.name}; to run it in another folder: build: {run: […], in: FOLDER}.`,
  ])
}

async function requireFolder({ directory }: BuildCommand): Promise<void> {
  const isThere = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isThere) return
  throw new LambdactlError('PACKAGE_INVALID', `Expected a folder to run build: in, got none: ${directory}.`, {
    next: [(config) => `Correct in: of build: in ${config.name}, a folder relative to that file.`],
  })
}
