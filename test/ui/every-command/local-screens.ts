import { LambdactlError } from '../../../src/errors/error.ts'
import { answerText, devText } from '../../../src/ui/lines/dev.ts'
import { adoptionNotes, adoptionText } from '../../../src/ui/results/init.ts'
import { packageText } from '../../../src/ui/results/package/package.ts'
import { pipelineNotes, pipelineSteps, pipelineText } from '../../../src/ui/results/pipeline.ts'
import { placeText } from '../../../src/ui/results/place.ts'
import { eventText } from '../../../src/ui/results/sandbox-event.ts'
import { clearedText, faultLine, faultsText } from '../../../src/ui/results/sandbox-faults.ts'
import { notApart, sandboxText } from '../../../src/ui/results/sandbox-start.ts'
import { sandboxesText } from '../../../src/ui/results/sandbox-status.ts'
import { fastText, secondText, trafficText } from '../../../src/ui/results/sandbox-traffic.ts'
import { errorText } from '../../../src/ui/text/error.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import { skewText } from '../../../src/ui/text/skew.ts'
import { minuteMs, type Screen, time, to, told } from './facts.ts'

const ready = { account: '000000000000', handlersApart: true, speed: 1 }

const late = {
  id: 1,
  kind: 'late-logs' as const,
  target: '/aws/lambda/shop-checkout-sandbox',
  byMs: 20_000,
  until: time + minuteMs,
  leftMs: minuteMs,
  struck: 0,
}

const figures = { invocations: 45, errors: 0, p50Ms: 3.12, p99Ms: 12.3 }
const traffic = {
  ...figures,
  invocations: 50,
  errors: 3,
  elapsedMs: 1000,
  versions: [
    { version: '41', ...figures },
    { version: '42', ...figures, invocations: 4, errors: 2 },
  ],
  failures: [
    { error: 'Unhandled', count: 2 },
    { error: 'TooManyRequestsException', count: 1 },
  ],
  unsent: 2,
}

const failure = new LambdactlError('PACKAGE_INVALID', "The function's code can't be built.")
const named = { function: 'checkout' }
const answered = {
  event: 'answered' as const,
  ...named,
  version: '2',
  ms: 12.4,
  payload: '{"total":20}',
  functionError: undefined,
  isSame: false,
  change: '--- a/answer\n+++ b/answer\n@@ -1,3 +1,3 @@\n {\n-  "total": 10\n+  "total": 20\n }\n',
}

/** Of the commands for this machine. */
export const localScreens: Readonly<Record<string, Screen>> = {
  dev: told(
    [
      devText({ event: 'deployed', ...named, version: '1', ms: 1432, isNew: true }),
      devText({ event: 'watching', functions: 2 }),
      devText({
        event: 'reloaded',
        ...named,
        version: '2',
        files: ['checkout/index.ts', 'lib/price.ts', 'lib/tax.ts', 'lib/vat.ts'],
        ms: 84.2,
        zippedBytes: 12_345,
      }),
      devText({ event: 'unchanged', ...named, files: ['checkout/README.md'] }),
      devText({ event: 'failed', ...named, error: failure }),
      devText({ event: 'configured', added: ['orders'], changed: ['checkout'], removed: ['refund'] }),
      devText({ event: 'misconfigured', error: failure }),
      devText(answered),
      answerText(answered),
      devText({ ...answered, isSame: true }),
      devText({ ...answered, functionError: 'Unhandled' }),
      devText({ event: 'unanswered', ...named, error: failure }),
    ].join('\n'),
  ),
  init: told(adoptionText(adoptions()), adoptionNotes(adoptions(), 'shop')),
  package: (width) =>
    fitted(
      packageText(
        {
          function: 'checkout',
          digest: `sha256:${'ab'.repeat(32)}`,
          zippedBytes: 1234,
          unzippedBytes: 4_500_000,
          files: 2,
          largest: [
            {
              path: 'node_modules/@aws-sdk/client-lambda/node_modules/inner/dist/index.js',
              bytes: 4_000_000,
            },
            { path: 'index.js', bytes: 900 },
          ],
          leftOut: ['.env'],
          notes: ['left 2 development packages out, which the function does not need when it runs'],
          sizes: [
            {
              path: 'node_modules/@aws-sdk/client-lambda/dist',
              bytes: 900_000,
              files: 12,
              because: ['src/index.ts', 'src/greet.ts', 'src/lambda.ts'],
            },
            { path: 'index.js', bytes: 90_000, files: 1 },
          ],
          out: 'checkout.zip',
        },
        width,
      ),
      width,
    ),
  'sandbox event': told(
    eventText({
      function: 'shop-hello-sandbox:live',
      version: '1',
      answer: '{"batchItemFailures":[]}',
      durationMs: 12,
    }),
    eventText({
      function: 'shop-hello-sandbox:live',
      through: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
      answer: '',
      durationMs: 5,
    }),
  ),
  'sandbox fault': told(faultLine(late), 'Clear it with: lambdactl sandbox fault clear 1'),
  'sandbox fault clear': told(clearedText([late])),
  'sandbox fault list': told(
    faultsText([late, { id: 12, kind: 'throttle', target: 'UpdateAlias', timesLeft: 2, struck: 1 }]),
  ),
  'sandbox reset': told('emptied the sandbox at http://127.0.0.1:4510 (process 7)'),
  'sandbox start': told(
    sandboxText({ ...ready, url: 'http://127.0.0.1:4511', accessKey: 'sandbox-key', pid: 7 }),
    notApart,
  ),
  'sandbox status': told(
    sandboxesText(
      [
        {
          url: 'http://127.0.0.1:4510',
          port: 4510,
          pid: 7,
          since: time,
          answers: true,
          functions: [{ region: 'eu-west-1', name: 'shop-checkout-sandbox', versions: 2 }],
          environments: 1,
          memoryBytes: 91_000_000,
          faults: [late],
        },
      ],
      time + minuteMs,
    ),
  ),
  'sandbox install-sdk': told(
    'installed in /home/ada/.cache/lambdactl/sdk/python-ce7bbb9d0ea3ab20/packages',
    'installing boto3 1.43.107 (36 MB) with pip into /home/ada/.cache/lambdactl/sdk/python-ce7bbb9d0ea3ab20',
  ),
  'sandbox stop': told('No sandbox of yours is running. Start one: lambdactl sandbox start --detach'),
  'sandbox traffic': told(trafficText(traffic), [fastText(20, 1000), secondText(traffic)].join('\n')),
  trust: told(
    '/home/ada/shop/lambdactl.yaml is trusted with its present content',
    'prod: https://lambda.example.com',
  ),
}

const gaps = {
  environments: {
    staging: { name: 'staging', isKnown: false },
    prod: { name: 'prod', isKnown: false },
  },
  config: 'services/shop/lambdactl.yaml',
  unpackagedIn: 'services/shop',
  lacksInclude: true,
  onlyInProd: ['refund'],
}

/** The screens of a command with other flags, and those that every command that reaches AWS may show. */
export const common: Readonly<Record<string, Screen>> = {
  'init --ci github': told(
    pipelineText(['.github/workflows/lambdactl-diff.yml', '.github/workflows/lambdactl-release.yml']),
    pipelineNotes(pipelineSteps({ ...gaps, system: 'github' })),
  ),
  'init --ci gitlab': told(pipelineText([]), pipelineNotes(pipelineSteps({ ...gaps, system: 'gitlab' }))),
  place: told(
    placeText({
      environment: 'prod',
      region: 'eu-west-1',
      account: '123456789012',
      endpoint: 'http://127.0.0.1:4510',
      from: { endpoint: 'AWS_ENDPOINT_URL', credentials: 'AWS_ACCESS_KEY_ID' },
    }),
  ),
  skew: told(`warning: ${skewText(-90_000)}`),
  'an error': told(
    errorText({
      kind: 'user',
      message:
        'Nothing was published and no traffic moved, since preflight failed: alarm gone: CloudWatch has no alarm with that name in this account and Region.',
      next: [
        'Alias live is still on version 41: correct the failure, then release again.',
        `Make the alarm: aws cloudwatch put-metric-alarm --alarm-name gone --namespace AWS/Lambda --metric-name Errors`,
        `If the release can't wait, override the gate, on record: lambdactl canary ${to} --breakglass "why"`,
      ],
    }),
  ),
  'an error of several functions': told(
    errorText({
      kind: 'user',
      message:
        '2 of 3 functions failed.\ncart: The handler index.nothing is not in index.mjs: expected it to define nothing, got handler.\nsearch: Alias live of shop-search-prod is held by release k3f9q2ab (canary, shifting), with 10% on version 2.',
      next: [`See its state: lambdactl status search --env prod`],
    }),
  ),
}

function adoptions() {
  const adoption = {
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    manages: 'function' as const,
    alias: 'live',
    aliasExists: false,
    version: '41',
    source: 'functions/checkout',
    zipReason: undefined,
    files: 12,
    kept: ['node_modules/.bin', 'test'],
    secretFiles: [],
    variables: ['TABLE', 'API_TOKEN'],
    secrets: ['API_TOKEN'],
  }
  const left = [
    { what: 'FunctionUrlConfig', file: 'template.yaml', line: 12, why: 'it stays with the stack' },
  ]
  const toAlias = [
    {
      why: 'SAM makes the alias once and points the events at it',
      triggers: [{ what: 'Events.Orders (SQS)', file: 'template.yaml', line: 20 }],
      text: 'Properties:\n  AutoPublishAlias: live',
    },
  ]
  return { environment: 'prod', functions: [adoption], known: ['mail'], undeployed: ['Pay'], left, toAlias }
}
