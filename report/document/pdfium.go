package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wasmPages bounds the engine's memory: 64 KB each, 512 MB in all.
const wasmPages = 8192

// maxPages bounds the length of a document.
const maxPages = 2000

// ExtractPDF is what the child process runs: a PDF file on in, its text on out with a form
// feed between pages. cacheDir keeps the compiled engine between runs; "" keeps nothing.
// It returns ErrEncrypted, ErrScanned, ErrBroken or ErrLimit.
func ExtractPDF(ctx context.Context, in io.Reader, out io.Writer, cacheDir string) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(wasmPages).WithCloseOnContextDone(true).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache, err := compilationCache(cacheDir); err == nil && cache != nil {
		config = config.WithCompilationCache(cache)
		defer func() { _ = cache.Close(ctx) }()
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(),
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	defer func() { _ = pool.Close() }()
	engine, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	return writePages(engine, data, out)
}

func compilationCache(dir string) (wazero.CompilationCache, error) {
	if dir == "" {
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return wazero.NewCompilationCacheWithDir(dir)
}

// writePages writes the text of every page.
func writePages(engine pdfium.Pdfium, data []byte, out io.Writer) error {
	document, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return fmt.Errorf("%w: %w", ErrEncrypted, err)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document.Document})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if count.PageCount > maxPages {
		return fmt.Errorf("%w: %d pages", ErrLimit, count.PageCount)
	}
	pages := make([][]pageLine, 0, count.PageCount)
	for i := range count.PageCount {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: document.Document, Index: i}}
		lines, err := linesOf(engine, page)
		if err != nil {
			return fmt.Errorf("%w: page %d: %w", ErrBroken, i+1, err)
		}
		pages = append(pages, lines)
	}
	text := indentedPages(pages)
	if strings.TrimSpace(text) == "" {
		return ErrScanned
	}
	_, err = io.WriteString(out, text)
	return err
}
