import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { importsOf, sourceFiles, targetOf } from './imports.ts'

/** The folders of a room in their order: each imports only itself and those before it, by types too. A room's own files come last. */
export const floors: Record<string, readonly string[]> = {
  aws: ['place', 'answers', 'client', 'logs', 'cloudwatch', 's3', 'iam', 'tags', 'sources', 'lambda'],
  cli: [
    'output',
    'pipelines',
    'flags',
    'choose',
    'usage',
    'exit',
    'help',
    'completion',
    'interrupt',
    'run',
    'console',
    'sandbox-key',
    'permissions',
    'place',
    'sandbox-control',
    'adopt',
    'logs',
  ],
  config: ['values', 'function', 'release', 'aws-shape', 'schema', 'service', 'file', 'adopt'],
  function: ['values', 'settings', 'attachments', 'triggers'],
  gates: ['alarms', 'comparison', 'candidate', 'doctor'],
  packaging: [
    'model',
    'tools',
    'unzip',
    'binaries',
    'select',
    'watch',
    'zip',
    'cache',
    'bundle',
    'handler',
    'load',
    'python',
    'runtime-sdk',
    'adopted',
    'patch',
  ],
  logs: ['model', 'following', 'lines', 'filter', 'requests', 'insights'],
  operation: [
    'metrics',
    'cost',
    'concurrency',
    'incident',
    'versions',
    'alarms',
    'triggers',
    'history',
    'report',
    'cold-starts',
    'permissions',
    'destroy',
  ],
  release: ['values', 'plan', 'journal', 'changes', 'decision', 'history'],
  'sandbox/apigateway': ['apis', 'serving', 'operations'],
  'sandbox/cloudwatch': ['query', 'metrics', 'alarms'],
  'sandbox/events': ['rules', 'operations'],
  'sandbox/execution': ['model', 'runtime', 'extensions', 'environments'],
  'sandbox/kinesis': ['storage', 'operations'],
  'sandbox/lambda': [
    'requests',
    'code',
    'records',
    'controls',
    'access',
    'concurrency',
    'invocation',
    'functions',
    'layers',
    'mappings',
    'polling',
    'aliases',
    'urls',
  ],
  'sandbox/s3': ['storage', 'notifications', 'objects', 'buckets', 'multipart', 'lifecycle'],
  'sandbox/sns': ['topics', 'operations'],
  'sandbox/sqs': ['queues', 'operations'],
  ui: ['text', 'results', 'lines', 'logs', 'live'],
  workflows: [
    'traffic',
    'permissions',
    'run',
    'stopping',
    'history',
    'ending',
    'logs',
    'sources',
    'settings',
    'alias',
    'adoption',
    'templates',
    'provisioned',
    'release-only',
    'concurrency',
    'triggers',
    'code',
    'candidate',
    'watch',
    'preflight',
    'hooks',
    'rollout',
    'dev',
    'doctor',
    'versions',
    'cold-starts',
    'cost',
    'incident',
    'metrics',
    'report',
    'alarms',
    'destroy',
  ],
}

/** One sentence for each import in `root/src` that goes to a later folder of its room, and for each folder without a place. */
export function wrongFloors(root: string): string[] {
  return Object.entries(floors).flatMap(([room, order]) =>
    sourceFiles(root, `src/${room}`).flatMap((file) => {
      const own = floorOf(room, file)
      if (own !== '' && !order.includes(own)) return [`${file}: ${own} has no place in the order of ${room}`]
      return importsOf(root, file).flatMap(({ specifier }) => {
        const target = targetOf(root, file, specifier)
        if (!target?.startsWith(`src/${room}/`)) return []
        return heightOf(order, floorOf(room, target)) > heightOf(order, own)
          ? [`${file} imports ${specifier}, which comes later in ${room}`]
          : []
      })
    }),
  )
}

/** A folder that holds more files is a drawer. */
export const mostFiles = 16

/** One sentence for each folder in `root/src` with too many files. */
export function fullFolders(root: string): string[] {
  const counts = new Map<string, number>()
  for (const file of globSync('src/**/*.*', { cwd: root })) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  }
  return Array.from(counts).flatMap(([folder, files]) =>
    files > mostFiles ? [`${folder} holds ${files} files`] : [],
  )
}

/** `alarms` for `src/gates/alarms/words.ts`; empty for the room's own files. */
function floorOf(room: string, file: string): string {
  const [folder = '', ...rest] = file.slice(`src/${room}/`.length).split('/')
  return rest.length === 0 ? '' : folder
}

function heightOf(order: readonly string[], floor: string): number {
  return floor === '' ? order.length : order.indexOf(floor)
}
