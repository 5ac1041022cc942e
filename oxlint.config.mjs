/** Who may import whom: the parts of the program, and within each its rooms, as floors. A room uses what is below it. */

const PARTS = {
  proto: { mayUse: [] },
  kit: { mayUse: [] },
  broker: {
    mayUse: ['proto', 'kit'],
    packages: {
      pg: 'brokers never touch PostgreSQL',
      kysely: 'brokers never touch PostgreSQL',
      protobufjs: 'proto/codec.ts only',
    },
    /** What rooms may not use of the landing; the rest (settings, metrics, errors) is everybody's vocabulary. */
    landing: ['main', 'broker', 'node', 'stores', 'ports'],
    rooms: {
      mailbox: [],
      listeners: [],
      auth: ['listeners'],
      bus: ['mailbox'],
      lanes: ['mailbox', 'listeners', 'bus'],
      ingest: ['mailbox', 'listeners', 'lanes'],
      work: ['mailbox', 'listeners', 'bus', 'lanes'],
      sessions: ['mailbox', 'listeners', 'bus', 'lanes', 'ingest'],
      engine: ['listeners', 'auth', 'ingest', 'sessions'],
    },
  },
  workers: {
    mayUse: ['proto', 'kit'],
    packages: {
      aedes: 'broker/ only',
      ioredis: 'workers never touch Redis',
      lmdb: 'broker/ only',
      protobufjs: 'proto/codec.ts only',
    },
    landing: ['main', 'http'],
    rooms: { chat: [], directory: [], loop: ['chat', 'directory'] },
  },
  'clients/sdk': {
    files: ['clients/sdk/**', 'clients/index.ts', 'clients/browser.ts', 'clients/exports.ts'],
    mayUse: ['proto', 'clients'],
    packages: {
      aedes: 'broker/ only',
      ioredis: 'broker/ only',
      pg: 'workers/directory/ only',
      protobufjs: 'proto/codec.ts only',
    },
    not: ['**/server-codec.ts', '**/cli/**'],
    landing: ['client', 'connect', 'session', 'chat', 'group', 'direct-chat'],
    rooms: {
      connection: [],
      store: [],
      chats: ['store'],
      content: ['store', 'chats'],
      outbox: ['store', 'chats'],
      requests: ['chats'],
      inbox: ['store', 'chats', 'content', 'outbox', 'requests'],
    },
  },
}
const FOLDERS = ['proto', 'kit', 'broker', 'workers', 'clients', 'test', 'bench']

const imports = (files, groups, packages = {}) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: groups.filter(({ group }) => group.length > 0),
        paths: Object.entries(packages).map(([name, message]) => ({ name, message })),
      },
    ],
  },
})

const boundaries = Object.entries(PARTS).flatMap(([part, parts]) => {
  const { files = [`${part}/**`], mayUse, packages, not = [], landing = [], rooms = {} } = parts
  const others = FOLDERS.filter((folder) => folder !== part && !mayUse.includes(folder))
  const outside = {
    group: [...others.map((folder) => `**/${folder}/**`), ...not],
    message: `${part}/ may use ${mayUse.join(', ') || 'nothing of ours'}`,
  }
  // The last rule for a file is the one that holds: a room's says what the part's says, too.
  return [
    imports(files, [outside], packages),
    ...Object.entries(rooms).map(([room, below]) => {
      const above = Object.keys(rooms).filter((other) => other !== room && !below.includes(other))
      const group = [...above.map((other) => `**/${other}/**`), ...landing.map((file) => `**/${file}.ts`)]
      const message = `${part}/${room}/ may use ${below.join(', ') || 'no other room'}`
      return imports([`${part}/${room}/**`], [outside, { group, message }], packages)
    }),
  ]
})

export default {
  plugins: ['typescript', 'import', 'unicorn', 'node', 'vitest'],
  categories: { correctness: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['node_modules', 'dist', 'proto/gen'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-explicit-any': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'max-lines': ['error', { max: 500 }],
    'max-lines-per-function': ['error', { max: 70 }],
    'node/no-process-env': 'error',
    'no-console': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
  },
  overrides: [
    ...boundaries,
    {
      files: ['**/config.ts', 'test/**', 'bench/**', 'clients/cli/**', 'sample.ts'],
      rules: { 'node/no-process-env': 'off' },
    },
    {
      files: ['test/**', 'bench/**'],
      rules: {
        'max-lines-per-function': 'off',
        'vitest/expect-expect': 'off',
        'vitest/no-standalone-expect': 'off',
        'vitest/no-conditional-expect': 'off',
      },
    },
    {
      files: ['kit/log.ts', 'clients/cli/**', 'bench/**', 'test/cluster/main.ts', 'sample.ts'],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.ts', '*.config.mjs'], rules: { 'import/no-default-export': 'off' } },
  ],
}
