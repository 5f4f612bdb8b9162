// Read BPMN files as another tool does (bpmn-moddle) and lay them out again (bpmn-auto-layout): a second reading of what
// `xiaoneng packs show --bpmn` writes. Prints each warning; ends with 1 where there is one.
import { readFile } from 'node:fs/promises';

import { layoutProcess } from 'bpmn-auto-layout';
import { BpmnModdle } from 'bpmn-moddle';

let wrong = 0;
for (const file of process.argv.slice(2)) {
  const xml = await readFile(file, 'utf8');
  const { warnings } = await new BpmnModdle().fromXML(xml);
  for (const warning of warnings) {
    console.error(`${file}: ${warning.message}`);
    wrong += 1;
  }
  await layoutProcess(xml);
}
process.exitCode = wrong ? 1 : 0;
