// Every English word of the page that is longer than a unit; a translation replaces this file.

export const T = {
  title: name => (name ? `${name} classifier` : 'Classifier'),
  tabs: {try: 'Try', reads: 'How it reads', screen: 'Screen', model: 'Model'},
  loading: 'Asking the function about its model…',
  skip: 'Skip to content',

  key: {
    button: 'Key',
    label: 'Access key',
    hint: 'Kept in this tab only and forgotten when it closes.',
    use: 'Use key',
    forget: 'Forget key',
  },

  errors: {
    offline: 'The function cannot be reached. Check the connection; what you did here is kept.',
    unauthorized: 'The function wants a key. Enter it under Key; whoever runs the function hands them out.',
    invalid_token: 'The function does not take this key: it is mistyped, or was revoked. Enter another under Key.',
    budget_exceeded: 'This key has used up its texts for now. Try again later.',
    too_many_requests: 'The function is busy. Try again in a moment.',
    deadline_exceeded: 'The function did not answer in time. Try again, or with fewer texts.',
    not_ready: 'The function has no model in service yet. Try again in a moment.',
    blank_text: 'There is nothing to read in this text.',
    text_too_long: 'This text is longer than the function takes.',
    body_too_large: 'These texts together are larger than the function takes.',
    internal: 'The function failed. Its log has the reason.',
    other: code => `The function refused the request (${code}).`,
    waiting: (seconds, kind) => (kind === 'budget_exceeded'
      ? `This key has used up its texts for now; the next try is in ${seconds} s.`
      : `The function is busy; the next try is in ${seconds} s.`),
  },

  try: {
    text: 'Text',
    placeholder: 'Paste a sentence or an abstract.',
    example: 'Examples of this release',
    choose: 'Choose an example…',
    go: 'Classify',
    reasons: 'Show reasons',
    explaining: 'Looking for reasons…',
    result: 'Answer',
    label: 'Label',
    labels: 'Labels',
    none: 'none',
    probability: 'Probability',
    threshold: p => `threshold ${p}`,
    decision: {include: 'Include', exclude: 'Exclude', ask: 'Ask a person'},
    cut: (used, total) => `Only ${used} of ${total} tokens were read: the end of the text is beyond the model's limit.`,
    tokens: total => `${total} tokens read`,
    latency: (all, network) => `answered in ${all} ms${network ? `, of which the network took ${network} ms` : ''}`,
    towards: (label, n) => `Towards “${label}”: ${n}`,
    against: (label, n) => `Against “${label}”: ${n}`,
    sentences: 'Sentences by weight',
    warning: 'On this model, the words of explanations mattered no more than words in random order: do not rely on'
      + ' them.',
    neighbours: 'Labelled rows that are most similar to this text',
    shaded: 'Words shaded by what they contribute',
    methods: {
      'leave-one-out': label => `A word counts by how far the score of “${label}” falls when it is taken out.`,
      occlusion: label => `A word counts by how far the score of “${label}” falls when [MASK] stands for it.`,
      'integrated-gradients': label => `A word counts by its share of the score of “${label}” (integrated gradients).`,
    },
    nothingFor: 'no word',
  },

  reads: {
    intro: 'The network reads numbers, not words. Put one text on each line: together they make one batch.',
    texts: 'Texts, one on each line',
    go: 'Show tokens',
    row: (i, total, cut) => `Text ${i}: ${total} tokens${cut ? ', cut' : ''}`,
    batch: (rows, columns, padding) =>
      `${rows} × ${columns} cells, ${padding} of them padding. Shorter rows are filled up to the longest one.`,
    token: 'token',
    id: 'input id',
    mask: 'attention mask',
    unknown: 'not in the vocabulary',
    legend: 'Hover or focus a token to find it in the text. [CLS] and [SEP] frame every text, [PAD] fills a row (mask'
      + ' 0: not looked at), ## continues a word, [UNK] stands for what the vocabulary does not have.',
  },

  screen: {
    intro: 'Screen a file of references. It stays in this browser: texts go to the function to be ranked, and nowhere'
      + ' else.',
    drop: 'Drop a RIS, nbib, Web of Science, EndNote (%0), CSV, TSV or JSON lines file here, or choose one',
    open: 'Choose a file',
    openProject: 'Open a saved project',
    resume: (name, done, all) => `Go on with ${name}: ${done} of ${all} decided`,
    unreadable: (name, why) => `${name} cannot be read: ${why}`,
    reading: name => `Reading ${name}…`,
    read: (all, folded, empty) => `${all} records${folded ? `, ${folded} duplicates folded` : ''}`
      + `${empty ? `, ${empty} without any text` : ''}`,
    rankBy: 'Rank by',
    rank: 'Rank with the model',
    ranking: (done, all) => `Ranked ${done} of ${all}`,
    stop: 'Stop',
    windows: 'Read long texts whole (slower)',
    list: 'Records',
    record: 'Record',
    empty: 'Nothing is selected.',
    untitled: 'No title',
    noAbstract: 'no abstract',
    noText: 'no text',
    cut: 'cut',
    unsure: 'low confidence',
    duplicate: n => `${n} duplicates`,
    include: 'Include',
    exclude: 'Exclude',
    maybe: 'Maybe',
    undecided: 'Undecided',
    undo: 'Undo',
    next: 'Next undecided',
    notes: 'Notes',
    show: 'Show',
    all: 'all',
    reasons: 'Why?',
    save: 'Save project',
    forget: 'Forget everything',
    forgetSure: 'This deletes the file, all decisions and notes from this browser. Delete them?',
    export: 'Export',
    exports: {ris: 'RIS', csv: 'CSV', jsonl: 'Rows for fine-tune (JSON lines)'},
    exported: (n, name) => `${n} records written to ${name}`,
    keys: 'Keys and words',
    keysOn: 'Single keys decide',
    keyOf: what => `Key for ${what}`,
    wordsFor: 'Words to mark as favourable, one on each line',
    wordsAgainst: 'Words to mark as unfavourable, one on each line',
    progress: 'Progress',
    seen: 'Seen',
    found: 'Included',
    remaining: 'Expected among the unseen',
    pValue: 'p-value of “recall is below 95 %”',
    caveat: 'Hypergeometric test of Callaghan and Müller-Hansen (2020). It takes the order as random from each point on'
      + ' and is no advice to stop.',
    saved: 'Saved in this browser',
    notSaved: 'This browser does not let the page store anything: save the project as a file before you leave.',
    binaryOnly: 'ranked by the probability of the label chosen above',
  },

  model: {
    facts: 'Release',
    name: 'Name', version: 'Version', created: 'Published', task: 'Task', labels: 'Labels', threshold: 'Threshold',
    maxTokens: 'Tokens read of a text', encoder: 'Encoder', precision: 'Precision served',
    precisionReason: 'Why this precision', words: 'Words and pairs of words that count beside the network',
    neighbours: 'Labelled rows to compare with', files: 'Files',
    scores: 'Scores',
    scoresHint: 'With 95 % bootstrap intervals where the release has them.',
    curl: 'The same request on the command line',
    curlNone: 'Classify a text under Try, and its request appears here.',
    measure: 'Measure',
    file: 'File', size: 'Bytes', digest: 'SHA-256',
  },

  service: {
    drift: 'Texts in service',
    counted: (texts, window, dev) => (texts === 0 ? 'No text has been classified yet' : `The last ${texts} texts`)
      + `; at most ${window} are counted, and none is kept.`
      + (dev ? ` Beside them the ${dev} texts that the release was measured on.` : ''),
    share: 'Share', now: 'now', dev: 'when measured',
    label: label => `labelled “${label}”`,
    asked: 'a person is asked',
    unsure: 'less sure than nine of ten when measured',
    truncated: 'cut',
    unknownTokens: 'tokens that are [UNK]',
    scorePsi: value => `Population stability index of the scores ${value}`,
    labelPsi: value => `of the labels ${value}`,
    psiHint: 'By custom, below 0.1 is no change and above 0.25 a large one.',
    candidate: 'Candidate',
    candidateHint: 'Another release of the same labels, tried beside the one in service.',
    states: {'on trial': 'on trial', withdrawn: 'withdrawn', refused: 'refused'},
    shadow: 'none: it is compared only',
    facts: {
      version: 'Version', state: 'State', reason: 'Reason', answers: 'Share of texts that it answers',
      texts: 'Texts read', errors: 'Texts that it failed for', skipped: 'Texts that there was no time to compare',
      compared: 'Texts compared', agreement: 'Same labels', difference: 'Largest difference of a probability, mean',
      latencyRatio: 'Time for a token, ratio',
    },
  },
};

/** What a person reads when a request fails. */
export function explainError(error) {
  if (error.name === 'AbortError') return '';
  // A gateway before the function refuses in a form of its own.
  const known = T.errors[error.kind] ?? (error.status === 401 ? T.errors.unauthorized : undefined);
  if (typeof known !== 'string') return error.message || T.errors.other(error.kind ?? error.message);
  return error.kind === 'text_too_long' || error.kind === 'blank_text' ? `${known} ${error.message}`.trim() : known;
}
