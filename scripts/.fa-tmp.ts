import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { createHmac } from 'node:crypto';
import { deterministicEngine } from '/work/main/src/linkage/deterministic-engine.ts';
import { FORMATS } from '/work/main/tests/intake/formats.ts';
import { readBytes, schoolsOf } from '/work/main/tests/intake/read-bytes.ts';
import { readTruth } from '/work/main/scripts/quality/read-truth.ts';
import { score } from '/work/main/scripts/quality/score.ts';
import { findCoverage } from '/work/main/src/coverage/derive-coverage.ts';
import { COVERAGE_LAW } from '/work/main/src/coverage/coverage-law.ts';
const mac = (id:any)=> id? createHmac('sha256','m').update(id.scheme+':'+id.digits).digest('hex'):null;
for (const dir of process.argv.slice(2)) {
 const truth=readTruth(dir); const schools=schoolsOf(readBytes(readFileSync(join(dir,'schools.csv')),FORMATS.schools));
 const records:any[]=[]; const raw=new Map<string,string>(); const asserts=new Map<string,any[]>();
 for (const {file,kind} of truth.files) for (const {line,cells,parsed} of readBytes(readFileSync(join(dir,file)),FORMATS[kind],schools).good){
  const {feature,id,guardians,country}=parsed; if(!feature) continue;
  const {birthYear:year,birthMonth:month,birthDay:day,...rest}=feature; const record=`${kind}:${file}:${line}`;
  const v=(r:string)=>{const f=guardians.find(g=>g.relation===r)?.id??null; return f?.valid?mac(f):null};
  raw.set(record,cells.join('|')); asserts.set(record,parsed.assertions.map(a=>({...a,record,source:kind,country})));
  records.push({...rest,record,kind,country,ids:id?[{scheme:id.scheme,mac:mac(id),valid:id.valid}]:[],birth:year===null?null:{year,month,day},motherName:guardians.find(g=>g.relation==='mother')?.name??null,motherMac:v('mother'),fatherMac:v('father'),guardianMac:v('guardian')??v('carer'),
   addresses:FORMATS[kind].table.columns.flatMap(([c]:any,i:number)=>c.endsWith('address')?((parsed.values[i] as any)??[]):[])});
 }
 const clusters=deterministicEngine.cluster(records,{cannotLink:[]});
 const found=clusters.flatMap((c,i)=>{const cov=findCoverage(c.records.flatMap(r=>asserts.get(r)!),{asOf:'2026-11-16' as any,law:COVERAGE_LAW}); return cov?[{child:String(i),records:c.records,status:cov.status}]:[]});
 const s=score(found,truth.records,truth.children);
 const te=new Map(truth.records.map(r=>[r.record,r]));
 console.log(dir,'precision',s.precision,'entries',s.precisionOfEntries,'recall',s.recall,'pairs',s.pairs);
 const cat=new Map<string,number>();
 for(const l of s.losses){
  console.log(l.kind,l.trueChild,l.expected,'->',l.found,l.cause);
  for(const r of l.records) console.log('    ',r,raw.get(r)?.slice(0,200),'##',te.get(r)?.errors.join(',') );
  const others=truth.records.filter(r=>r.child===l.trueChild && !l.records.includes(r.record));
  for(const r of others) console.log('       other:',r.record,raw.get(r.record)?.slice(0,170),'##',r.errors.join(','));
 }
}
