package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"duban/schedule"
)

// backupConfig is when duban serve copies its database by itself, and where to.
type backupConfig struct {
	Hour   int    `yaml:"hour"`   // of the day from which its copy is made
	Folder string `yaml:"folder"` // "" is backups beside the database
	Keep   int    `yaml:"keep"`   // copies that stay; 0 makes none
}

// defaultBackup makes a copy a night and keeps two weeks of them.
func defaultBackup() backupConfig { return backupConfig{Hour: 3, Keep: 14} }

func (b *backupConfig) validate() error {
	switch {
	case b.Hour < 0 || b.Hour > 23:
		return fmt.Errorf("backup.hour 应在 0 到 23 之间，现在是 %d", b.Hour)
	case b.Keep < 0:
		return errors.New("backup.keep 不能小于 0；0 是不自动备份")
	}
	return nil
}

// folderOf is where the copies of a database are.
func (b *backupConfig) folderOf(database string) string {
	return cmp.Or(b.Folder, filepath.Join(filepath.Dir(database), "backups"))
}

// text says what is configured.
func (b *backupConfig) text(database string) string {
	if b.Keep == 0 {
		return "没有"
	}
	return fmt.Sprintf("每天%d点，放在 %s，留%d份", b.Hour, b.folderOf(database), b.Keep)
}

func (b *backupConfig) copies(zone *time.Location) schedule.Copies {
	return schedule.Copies{Hour: b.Hour, Keep: b.Keep, Zone: zone}
}
