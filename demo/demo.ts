/**
 * lambdactl without an AWS account: every act is the CLI itself, over HTTP, against the embedded sandbox. Exits non-zero
 * when the bad version is not rolled back.
 */
import { pipelineStory } from './pipeline/story.ts'
import { releaseStory } from './release-story.ts'
import { play } from './stage.ts'

const stories = { release: releaseStory, pipeline: pipelineStory }

const [name = 'release'] = process.argv.slice(2)
const story = Object.entries(stories).find(([each]) => each === name)?.[1]
if (story) await play(story)
else {
  console.error(`The demo has no story ${JSON.stringify(name)}, only ${Object.keys(stories).join(' and ')}.`)
  console.error('→ Give it none for a release, or: npm run demo -- pipeline')
  process.exitCode = 2
}
