package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"duban/plan"
)

// Errors of Open. The message of what is returned is one sentence for a person; errors.Is
// finds these.
var (
	ErrLocked      = errors.New("storage: another process holds the database")
	ErrReadOnly    = errors.New("storage: the database cannot be written")
	ErrNewerSchema = errors.New("storage: the database is of a newer version")
	ErrNotDatabase = errors.New("storage: not a database of this program")
	ErrEmpty       = errors.New("storage: an empty file")
)

// problem is an error with a sentence for a person; the cause stays for the log.
type problem struct {
	sentence string
	kind     error
	cause    error
}

func (p *problem) Error() string   { return p.sentence }
func (p *problem) Unwrap() []error { return []error{p.kind, p.cause} }

// LogValue is the sentence with its cause.
func (p *problem) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("%s: %v", p.sentence, p.cause))
}

// DB is an open database. It may be used by several goroutines.
type DB struct {
	bolt      *bbolt.DB
	path      string
	temporary bool
	review    Policy
	duties    dutyCache
	group     group
}

// Policy says what becomes of a filing before it counts.
type Policy struct {
	AtOnce bool // it counts at once, without review
	Signed bool // the department's head signs before the review
}

// Options of Open.
type Options struct {
	Timeout time.Duration // how long to wait for another process; 0 is one second
	Review  Policy

	open func(path string, flag int, mode os.FileMode) (*os.File, error) // in place of a file on disk
}

// allocated is by how much the file grows at once.
const allocated = 1 << 20

// mapped is how much of the address space the file gets at first. While it is large enough,
// changes do not wait for backups and other long reading; it costs no memory.
func mapped() int {
	if strconv.IntSize < 64 || runtime.GOOS == "windows" {
		return 0
	}
	return 1 << 30
}

// Open opens the database file, makes it and its folder where they are missing (mode
// 0600, of the folder's owner), and migrates it to the current schema. A file with nothing in
// it is refused: somebody lost what it held.
func Open(path string, opts Options) (*DB, error) {
	if opts.Timeout == 0 {
		opts.Timeout = time.Second
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, explain(path, err)
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil, explain(path, ErrEmpty)
	}
	db, opened := openAt(path, opts)
	if opened != nil || opts.open != nil || !errors.Is(err, fs.ErrNotExist) {
		return db, opened
	}
	if err := giveAway(path, filepath.Dir(path)); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	return db, nil
}

// openAt opens the file in a folder that is there.
func openAt(path string, opts Options) (*DB, error) {
	engine := bbolt.Options{Timeout: opts.Timeout, InitialMmapSize: mapped(), OpenFile: opts.open}
	if opts.open == nil {
		engine.OpenFile = openWhole
	}
	bolt, err := openEngine(path, engine)
	if err != nil {
		return nil, explain(path, err)
	}
	bolt.AllocSize = allocated
	if opts.open == nil { // a backup that was moved here has a trailer, which would not fit any more
		if err := dropTrailer(path); err != nil {
			return nil, errors.Join(explain(path, err), bolt.Close())
		}
	}
	db := &DB{bolt: bolt, path: path, review: opts.Review}
	if err := db.migrate(migrations); err != nil {
		return nil, errors.Join(explain(path, err), bolt.Close())
	}
	return db, nil
}

// OpenTemporary opens a database that is gone when it is closed: for folders that cannot
// be written. It is in memory where the system has such files, else a file that is unlinked
// at once.
func OpenTemporary() (*DB, error) {
	if db, err := openAt("memory", Options{Timeout: time.Second, open: openMemory}); err == nil {
		db.temporary = true
		return db, nil
	}
	return openUnlinked()
}

func openUnlinked() (*DB, error) {
	folder, err := os.MkdirTemp("", "duban-")
	if err != nil {
		return nil, explain(os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // an open file outlives its name
	db, err := Open(filepath.Join(folder, "memory.db"), Options{})
	if err != nil {
		return nil, err
	}
	db.temporary = true
	return db, nil
}

// explain turns an error of the engine or the system into a sentence with the way out.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return &problem{fmt.Sprintf("数据库 %s 正被另一个程序使用；请先关掉它，或用 --db 另指一个文件", path), ErrLocked, err}
	case errors.Is(err, fs.ErrPermission) && ownerOf(path) != "":
		return &problem{fmt.Sprintf("数据库 %s 打不开（没有权限），它是用户 %s 的；请用 sudo -u %[2]s 运行，或用 --db 另指一个文件", path, ownerOf(path)), ErrReadOnly, err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EIO),
		errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.EEXIST), errors.Is(err, fs.ErrNotExist):
		return &problem{fmt.Sprintf("数据库 %s 写不进去（%s）；请换一个可写的位置，用 --db 指定", path, reason(err)), ErrReadOnly, err}
	case errors.Is(err, ErrEmpty):
		return &problem{fmt.Sprintf("数据库 %s 是空文件，数据已经不在；请从备份恢复：%s；本来就没有数据的，请删掉这个文件再试", path, wayBack(path)), ErrEmpty, err}
	case errors.Is(err, ErrNewerSchema):
		return &problem{fmt.Sprintf("数据库 %s 由更新的版本写成；请升级本程序再打开", path), ErrNewerSchema, err}
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, ErrNotDatabase), errors.Is(err, syscall.EINVAL):
		return &problem{fmt.Sprintf("%s 不是本程序的数据库，或者已经损坏；请用 --db 另指一个文件，或从备份恢复：%s", path, wayBack(path)), ErrNotDatabase, err}
	}
	return fmt.Errorf("数据库 %s 打不开：%w", path, err)
}

// wayBack is the command that puts a backup in the place of a database.
func wayBack(path string) string { return "duban restore 备份文件 --db " + path + " --yes" }

// reason is Reason, with a word for all else.
func reason(err error) string { return cmp.Or(Reason(err), "磁盘读写出错") }

// Reason says in a person's words why the system refuses a file; "" where that is not known.
func Reason(err error) string {
	switch {
	case errors.Is(err, syscall.EFBIG):
		return "文件大小超过系统的限制"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "磁盘已满"
	case errors.Is(err, syscall.EISDIR):
		return "是文件夹"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EEXIST), errors.Is(err, fs.ErrNotExist):
		return "路径不对"
	case errors.Is(err, syscall.EROFS):
		return "磁盘只读"
	case errors.Is(err, fs.ErrInvalid):
		return "不是文件"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限"
	}
	return ""
}

// Path returns the file's name as it was opened.
func (db *DB) Path() string { return db.path }

// Temporary reports whether the database is gone when it is closed.
func (db *DB) Temporary() bool { return db.temporary }

// Close waits for running transactions and closes the file.
func (db *DB) Close() error { return db.bolt.Close() }

// View runs f in a transaction that only reads.
func (db *DB) View(ctx context.Context, f func(plan.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.explained(db.read(func(tx *bbolt.Tx) error { return f(db.transaction(tx)) }))
}

// read runs f in a transaction of the engine that only reads; what the engine panics with
// over damaged pages becomes an error.
func (db *DB) read(f func(*bbolt.Tx) error) (err error) {
	defer panicOnFault()()
	defer func() {
		if r := recover(); r != nil {
			if !ofEngine(r) {
				panic(r)
			}
			err = engineFault(r)
		}
	}()
	return db.bolt.View(f)
}

// Update runs f in a transaction; its changes are stored together when f returns nil and
// ctx is not done, or not at all. Changes that come at the same time share one write to
// the disk, so f may run more than once.
func (db *DB) Update(ctx context.Context, f func(plan.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.explained(db.commit(func(tx *bbolt.Tx) error {
		t := db.transaction(tx)
		if err := f(t); err != nil {
			return err
		}
		if !t.records {
			return ctx.Err()
		}
		return errors.Join(bump(tx, anyRevisionKey), ctx.Err())
	}))
}

// Check verifies the file's pages, the audit chain, and that records are what it says, and
// reads every plan.
func (db *DB) Check(ctx context.Context) error {
	err := db.bolt.View(func(tx *bbolt.Tx) error {
		if err := db.wholePages(ctx, tx); err != nil {
			return err
		}
		if err := checkChain(ctx, tx); err != nil {
			return err
		}
		return checkRecords(ctx, tx)
	})
	if err != nil {
		return err
	}
	return db.View(ctx, func(tx plan.Tx) error { return readAll(ctx, tx) })
}

// wholePages is checkPages with a sentence for a person.
func (db *DB) wholePages(ctx context.Context, tx *bbolt.Tx) error {
	err := checkPages(ctx, tx)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return &problem{fmt.Sprintf("数据库 %s 已损坏；请从备份恢复：%s", db.path, wayBack(db.path)), ErrNotDatabase, err}
}

// checkPages checks the engine's pages: first by reading them all, then by the engine's own
// check.
func checkPages(ctx context.Context, tx *bbolt.Tx) error {
	defer panicOnFault()()
	if err := walk(ctx, tx); err != nil {
		return err
	}
	return cmp.Or(firstOf(tx.Check()), ctx.Err())
}

func (db *DB) transaction(tx *bbolt.Tx) *transaction {
	return &transaction{tx: tx, review: db.review, duties: &db.duties}
}

// firstOf returns the first of some errors. It takes the others too, because their sender
// waits for that, but not without end, which damaged pages may cause. It does not return
// while the sender still reads: the pages may be gone afterwards.
func firstOf(found <-chan error) (first error) {
	const most = 1000
	for range most {
		err, more := <-found
		if !more {
			return first
		}
		first = cmp.Or(first, err)
	}
	return first
}

// readAll reads every plan.
func readAll(ctx context.Context, tx plan.Tx) error {
	list, err := tx.Plans().List()
	for _, s := range list {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		_, e := tx.Plans().Get(s.Key)
		err = errors.Join(err, e)
	}
	return err
}

// transaction is plan.Tx over one bbolt transaction.
type transaction struct {
	tx      *bbolt.Tx
	review  Policy
	duties  *dutyCache
	records bool // more than mail may have changed
}

// Revision implements plan.Tx.
func (t *transaction) Revision() (uint64, error) {
	return counter(t.tx.Bucket(metaBucket).Get(anyRevisionKey)), nil
}

// As implements plan.Tx.
func (t *transaction) As(a plan.Actor, now time.Time) plan.Desk {
	t.records = true
	return &desk{transaction: t, actor: a, now: now}
}

// desk is the records as one actor may see and change them.
type desk struct {
	*transaction
	actor plan.Actor
	now   time.Time

	published map[plan.Key]bool // plans looked up so far; see open
}
