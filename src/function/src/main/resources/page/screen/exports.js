// Files out: RIS, CSV, rows for retraining, the project itself.

import {button, h, save} from '../dom.js';
import {toCsv, toRis, toRows} from '../records/write.js';
import {T} from '../texts.js';

const WRITERS = {
  ris: ['ris', 'application/x-research-info-systems', (rows, project) => toRis(rows, project.file, project.model)],
  csv: ['csv', 'text/csv;charset=utf-8', (rows, project) => toCsv(rows, project.file, project.model)],
  jsonl: ['jsonl', 'application/x-ndjson', rows => toRows(rows)],
};

export function exportButtons(app, current) {
  return h('div', {class: 'toolbar', role: 'group', 'aria-label': T.screen.export},
    Object.entries(WRITERS).map(([name, [ending, type, write]]) =>
      button(`${T.screen.export} ${T.screen.exports[name]}`, () => {
        const project = current();
        const rows = project.rows(project.model);
        const file = `${stem(project.name)}-screened.${ending}`;
        save(file, type, [write(rows, project)]);
        app.say(T.screen.exported(rows.length, file));
      })),
    button(T.screen.save, () => {
      const project = current();
      save(`${stem(project.name)}.screening.json`, 'application/json', [JSON.stringify(project.toJson())]);
    }));
}

function stem(name) {
  return name.replace(/\.[^.]{1,8}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '_') || 'records';
}
