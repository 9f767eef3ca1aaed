// Reads a folder of the log with Go's own packages and nothing of ours: golang.org/x/mod/sumdb/note and tlog.
//
// Usage: reader FOLDER. Standard input: JSON {"inclusion": [...], "consistency": [...]} with proofs that we made.
// Says what it checked on standard output; the first thing that is wrong ends it with exit code 1.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type given struct {
	Inclusion []struct {
		Index int64
		Path  []string
	}
	Consistency []struct {
		Old  int64
		Path []string
	}
}

type folder struct{ path string }

func (f folder) Height() int                      { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// Go writes tile/8/LEVEL/…; tlog-tiles leaves the height out.
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		content, err := os.ReadFile(filepath.Join(f.path, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		found = append(found, content)
	}
	return found, nil
}

func main() {
	log := folder{os.Args[1]}
	size, root := checkpoint(log)
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, log)
	computed, err := tlog.TreeHash(size, reader)
	must(err, "tiles")
	if computed != root {
		must(fmt.Errorf("tiles give another root"), "tiles")
	}
	hashes := entries(log, size)
	for index, hash := range hashes {
		proof, err := tlog.ProveRecord(size, int64(index), reader)
		must(err, "record")
		must(tlog.CheckRecord(proof, size, root, int64(index), hash), fmt.Sprintf("record %d", index))
	}
	for old := int64(1); old <= size; old++ {
		proof, err := tlog.ProveTree(size, old, reader)
		must(err, "growth")
		must(tlog.CheckTree(proof, size, root, old, rootAt(old, hashes)), fmt.Sprintf("growth from %d", old))
	}
	var ours given
	must(json.NewDecoder(os.Stdin).Decode(&ours), "our proofs")
	for _, one := range ours.Inclusion {
		must(tlog.CheckRecord(decoded(one.Path), size, root, one.Index, hashes[one.Index]), fmt.Sprintf("our proof of %d", one.Index))
	}
	for _, one := range ours.Consistency {
		must(tlog.CheckTree(decoded(one.Path), size, root, one.Old, rootAt(one.Old, hashes)), fmt.Sprintf("our growth from %d", one.Old))
	}
	fmt.Printf("size %d, entries %d, our proofs %d and %d\n", size, len(hashes), len(ours.Inclusion), len(ours.Consistency))
}

func checkpoint(log folder) (int64, tlog.Hash) {
	key, err := os.ReadFile(filepath.Join(log.path, "key"))
	must(err, "key")
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	must(err, "key")
	text, err := os.ReadFile(filepath.Join(log.path, "checkpoint"))
	must(err, "checkpoint")
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("origin %q is not the key's name", lines[0]), "checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "checkpoint")
	root, err := tlog.ParseHash(lines[2])
	must(err, "checkpoint")
	return size, root
}

// The hashes of all entries, each checked against its length.
func entries(log folder, size int64) []tlog.Hash {
	var hashes []tlog.Hash
	for first := int64(0); first < size; first += 256 {
		width := 256
		if size-first < 256 {
			width = int(size - first)
		}
		tile := tlog.Tile{H: 8, L: -1, N: first / 256, W: width}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(log.path, path))
		must(err, "entries")
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			hashes = append(hashes, tlog.RecordHash(bundle[2:2+length]))
			bundle = bundle[2+length:]
		}
	}
	if int64(len(hashes)) != size {
		must(fmt.Errorf("%d entries for a tree of %d", len(hashes), size), "entries")
	}
	return hashes
}

// The root of the first leaves, computed by Go from the hashes alone.
func rootAt(size int64, leaves []tlog.Hash) tlog.Hash {
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for index := int64(0); index < size; index++ {
		grown, err := tlog.StoredHashesForRecordHash(index, leaves[index], read)
		must(err, "stored hashes")
		stored = append(stored, grown...)
	}
	root, err := tlog.TreeHash(size, read)
	must(err, "root")
	return root
}

func decoded(path []string) []tlog.Hash {
	hashes := []tlog.Hash{}
	for _, text := range path {
		raw, err := base64.StdEncoding.DecodeString(text)
		must(err, "our proofs")
		var hash tlog.Hash
		copy(hash[:], raw)
		hashes = append(hashes, hash)
	}
	return hashes
}

func must(err error, where string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", where, err)
		os.Exit(1)
	}
}
