import importX from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import ts from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { banned, sharedImports, zones } from './scripts/lint/borders.js'

const root = import.meta.dirname
const code = ['**/*.{ts,vue,js,mjs}']

/** Every rule is an error: a rule that only warns is a rule that nobody reads. */
export default ts.config(
  { ignores: ['node_modules/**', 'out/**', 'dist/**', '.cache/**', 'test/fixtures/borders/**'] },
  ...ts.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    files: code,
    plugins: { 'import-x': importX },
    languageOptions: {
      // `parser` is for import-x: it reads imported .vue files itself and hands these options on.
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.vue'], parser: '@typescript-eslint/parser' },
    },
    settings: {
      // Without the resolver and the parsers below, no-restricted-paths and no-cycle pass on everything, silently.
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: [
            'tsconfig.json',
            'shared/tsconfig.json',
            'renderer/tsconfig.json',
            'test/tsconfig.json',
            'electron/tsconfig.json',
            'electron/core/tsconfig.json',
            'electron/demo/tsconfig.json',
          ],
          noWarnOnMultipleProjects: true,
        }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mts'], 'vue-eslint-parser': ['.vue'] },
      'import-x/extensions': ['.ts', '.vue', '.js', '.mjs'],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
      'no-restricted-imports': ['error', banned()],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: ts.parser } },
    rules: {
      // Prettier lays the templates out; these would fight it.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['shared/**'], rules: { 'no-restricted-imports': ['error', sharedImports] } },
  // The one file that each dangerous thing may be used in.
  {
    files: ['electron/ipc/**', 'electron/main.ts', 'electron/shell/**', 'electron/preload.ts'],
    rules: { 'no-restricted-imports': ['error', banned('electron')] },
  },
  {
    files: ['electron/core/platforms/http.ts', 'electron/core/platforms/http/**'],
    rules: { 'no-restricted-imports': ['error', banned('axios')] },
  },
  { files: ['electron/core/store/**', 'electron/demo/**'], rules: { 'no-restricted-imports': ['error', banned('better-sqlite3')] } },
  { files: ['electron/demo/**'], rules: { 'no-restricted-imports': ['error', banned('better-sqlite3', 'fastify')] } },
  { files: ['test/**', 'scripts/**', '*.js', '*.ts'], rules: { 'no-restricted-imports': 'off', 'no-console': 'off' } },
  { files: ['electron/demo/cli.ts', 'electron/core/store-dump.ts', 'renderer/app/errors.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/ipc/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='ipcMain']",
          message: 'Raw ipcMain is used in electron/ipc only: add the call to shared/ipc and a handler.',
        },
        {
          selector: "ImportSpecifier[imported.name='ipcMain']",
          message: 'Raw ipcMain is used in electron/ipc only: add the call to shared/ipc and a handler.',
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,vue}'],
    ignores: ['renderer/api/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='window'][property.name='api']",
          message: 'window.api is touched in renderer/api/client.ts only.',
        },
      ],
    },
  },
  {
    files: ['test/**', 'scripts/**'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
)
