import { dirname } from 'node:path'
import { wireSource } from './wire.ts'

/**
 * The two scripts that make Electron's preload out of Chromium. The page's world and the preload's isolated world share
 * only the DOM; they talk by events whose random name the page never learns, and the details are cloned on the way.
 */
export const ISOLATED_WORLD = 'ElectronIsolatedContext'
export const BINDING = '__electronIpc'

/** In the page: its `Date` is this much ahead of the browser's. */
export const shiftedDateScript = (ms: number): string => `(()=>{
const Own=Date,now=()=>Own.now()+${ms}
window.Date=new Proxy(Own,{construct:(t,args,as)=>Reflect.construct(t,args.length===0?[now()]:args,as),apply:()=>new Own(now()).toString(),get:(t,k)=>k==='now'?now:t[k]})
})()`

/** In the page: makes what the preload exposed, as frozen functions. */
export const pageWorldScript = (secret: string): string => `(()=>{
const S=${JSON.stringify(secret)},callbacks=new Map,W=window,tell=(what,detail)=>W.dispatchEvent(new CustomEvent(S+what,{detail}))
let count=0,answer
const waiting=new Map
W.addEventListener(S+'answer',e=>{answer=e.detail})
W.addEventListener(S+'settle',e=>{const{id,ok,v,m}=e.detail,p=waiting.get(id);waiting.delete(id);ok?p[0](unwrap(v)):p[1](new Error(m))})
W.addEventListener(S+'callback',e=>{callbacks.get(e.detail.id)(...e.detail.args)})
const unwrap=x=>x.t==='fn'?make(x.id):x.t==='obj'?Object.freeze(Object.fromEntries(Object.entries(x.p).map(([k,v])=>[k,unwrap(v)]))):x.v
const make=id=>(...args)=>{const call=++count;answer=undefined
tell('call',{call,id,args:args.map(a=>typeof a==='function'?(callbacks.set(++count,a),{callback:count}):{v:a})})
const r=answer;if(r===undefined)throw new Error('An object could not be cloned.');if(r.err!==undefined)throw new Error(r.err)
if(r.promise)return new Promise((yes,no)=>waiting.set(r.promise,[yes,no]));return unwrap(r.v)}
W.addEventListener(S+'expose',e=>Object.defineProperty(W,e.detail.key,{value:unwrap(e.detail.shape),enumerable:true}))
})()`

/** In the isolated world: `contextBridge`, `ipcRenderer`, and the preload itself with nothing else to require. */
export const preloadWorldScript = (secret: string, file: string, code: string): string => `(()=>{
if(window!==window.top)return
const S=${JSON.stringify(secret)},W=window,tell=(what,detail)=>W.dispatchEvent(new CustomEvent(S+what,{detail}))
${wireSource}
const functions=new Map;let count=0
const wrap=v=>typeof v==='function'?(functions.set(++count,v),{t:'fn',id:count}):(v&&typeof v==='object'&&Object.getPrototypeOf(v)===Object.prototype&&hasFunction(v))?{t:'obj',p:Object.fromEntries(Object.keys(v).map(k=>[k,wrap(v[k])]))}:{t:'v',v}
const hasFunction=v=>Object.values(v).some(x=>typeof x==='function'||(x&&typeof x==='object'&&Object.getPrototypeOf(x)===Object.prototype&&hasFunction(x)))
W.addEventListener(S+'call',e=>{const{call,id,args}=e.detail;try{
const r=functions.get(id)(...args.map(a=>a.callback?((...x)=>tell('callback',{id:a.callback,args:x})):a.v))
if(r&&typeof r.then==='function'){tell('answer',{promise:call});r.then(v=>tell('settle',{id:call,ok:true,v:{t:'v',v}}),x=>tell('settle',{id:call,ok:false,m:x?.message??String(x)}))}
else tell('answer',{v:wrap(r)})}catch(x){tell('answer',{err:x?.message??String(x)})}})
const listeners=new Map,waiting=new Map;let asked=0
const post=m=>${BINDING}(JSON.stringify(m))
globalThis.__fromMain=text=>{const m=JSON.parse(text)
if(m.k==='reply'){const p=waiting.get(m.id);waiting.delete(m.id);if(p)m.ok?p[0](fromWire(m.v)):p[1](new Error(m.m))}
else for(const f of [...(listeners.get(m.channel)??[])])f({sender:ipcRenderer,ports:[]},...m.args.map(fromWire))}
const loud=(name,o)=>new Proxy(o,{get(t,k){if(typeof k==='symbol'||k in t)return t[k];throw new Error('the stand-in does not implement '+name+'.'+String(k))}})
const ipcRenderer=loud('ipcRenderer',{
invoke:(channel,...args)=>new Promise((yes,no)=>{const id=++asked;waiting.set(id,[yes,no]);post({k:'invoke',id,channel,args:args.map(toWire)})}),
send:(channel,...args)=>post({k:'send',channel,args:args.map(toWire)}),
on(channel,f){if(!listeners.has(channel))listeners.set(channel,[]);listeners.get(channel).push(f);return ipcRenderer},
off(channel,f){listeners.set(channel,(listeners.get(channel)??[]).filter(x=>x!==f));return ipcRenderer},
removeListener(channel,f){return ipcRenderer.off(channel,f)},
})
const contextBridge=loud('contextBridge',{exposeInMainWorld:(key,api)=>tell('expose',{key,shape:wrap(api)})})
const modules={electron:{contextBridge,ipcRenderer},'electron/renderer':{contextBridge,ipcRenderer}}
const require=name=>{if(Object.hasOwn(modules,name))return modules[name];throw new Error('module not found: '+name)}
const module={exports:{}}
const process=Object.freeze({platform:${JSON.stringify(process.platform)},versions:{},env:{},type:'renderer',contextIsolated:true,sandboxed:true})
;(function(require,module,exports,__filename,__dirname,process){${code}
})(require,module,module.exports,${JSON.stringify(file)},${JSON.stringify(dirname(file))},process)
})()`
