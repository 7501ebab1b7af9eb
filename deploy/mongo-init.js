// Run by mongosh in the service mongo-init (compose.yaml): joins the members to one replica set where there is none yet,
// and makes the product's own user. Run again, it changes nothing. One member may be down, but for the very first time.
/* global Mongo, print, quit, require, sleep */

const SET = 'gongshi';
const MEMBERS = ['mongo1:27017', 'mongo2:27017', 'mongo3:27017'];
/** Looks at the set. A look takes up to 5 s where no primary answers: five minutes and more before it gives up, which is a slow disk's first start. */
const LOOKS = 60;
const PAUSE_MS = 3000;
const TIMEOUTS = 'serverSelectionTimeoutMS=5000&connectTimeoutMS=5000';

function secret(name) {
  return require('fs')
    .readFileSync('/run/secrets/' + name, 'utf8')
    .trim();
}

function direct(member) {
  return 'mongodb://' + member + '/?directConnection=true&' + TIMEOUTS;
}

function asAdmin(address) {
  const server = new Mongo(address);
  server.getDB('admin').auth('admin', secret('mongo_admin_password'));
  return server;
}

/** The set that a member belongs to; null where it belongs to none. Throws where it does not answer. */
function setOf(member) {
  const { setName } = new Mongo(direct(member)).getDB('admin').runCommand({ hello: 1 });
  return setName === undefined ? null : setName;
}

/**
 * Joins the members where none of them belongs to a set, and says what is waited for. A member with an empty disk beside
 * others that have a set must not begin a second one: only the others' word counts, so all three are asked.
 */
function initiateWhereNew() {
  const silent = [];
  for (const member of MEMBERS) {
    try {
      if (setOf(member) !== null) return '副本集已经存在，等它选出主节点（需要过半成员在线）';
    } catch (error) {
      silent.push(member + '（' + error.message + '）');
    }
  }
  if (silent.length > 0) return '首次组成副本集需要三个成员都应答，还缺：' + silent.join('、');
  const members = [];
  // The first one has the administrator, whom the image makes there; while it can, it stays the primary.
  for (const host of MEMBERS) members.push({ _id: members.length, host, priority: members.length === 0 ? 2 : 1 });
  asAdmin(direct(MEMBERS[0]))
    .getDB('admin')
    .runCommand({ replSetInitiate: { _id: SET, members } });
  return '已组成副本集，等它选出主节点';
}

function keepProductUser(server) {
  const product = server.getDB('gongshi');
  if (product.getUser('gongshi') !== null) return;
  const roles = [
    { role: 'readWrite', db: 'gongshi' },
    // Validators and indexes are the product's own.
    { role: 'dbAdmin', db: 'gongshi' },
  ];
  product.createUser({ user: 'gongshi', pwd: secret('mongo_product_password'), roles });
}

/** Through the set's address, so that any member may be the primary and any one may be down. */
function isReady() {
  keepProductUser(asAdmin('mongodb://' + MEMBERS.join(',') + '/?replicaSet=' + SET + '&' + TIMEOUTS));
  return true;
}

/** The exit code. */
function bringUp() {
  for (let look = 1; ; look += 1) {
    let reason;
    try {
      if (isReady()) {
        print('副本集 ' + SET + ' 与数据库用户就绪');
        return 0;
      }
    } catch (error) {
      reason = error.message;
    }
    try {
      print(initiateWhereNew() + '；' + reason);
    } catch (error) {
      print('组成副本集没有成功：' + error.message);
    }
    if (look === LOOKS) return 1;
    sleep(PAUSE_MS);
  }
}

quit(bringUp());
