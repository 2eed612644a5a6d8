"""The child process that reads one file, run by `foundations.office.reading`.

It is started in isolated mode with an empty environment, reads the file from its standard input and
answers on its standard output. Before it looks at the first byte it gives up everything else: memory
and processor time beyond a limit, and the right to open any file, socket or process.
"""

import codecs
import gc
import json
import os
import resource
import sys

# Python opens these when a text or a zip first needs them, which is too late here.
CODECS = ("ascii", "latin_1", "cp437", "cp1252", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be")
MEGABYTE = 1024 * 1024
MEMORY = 1024 * MEGABYTE
SECONDS = 20
LOOKS = ("inspect", "passages", "everything", "marked")  # answered in one JSON, and of PDFs too
SECONDS_FOR_EVERYTHING = 240  # the letters of a PDF of a thousand pages take forty and more


def confine(seconds=SECONDS):
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    # Without a free descriptor nothing can be opened: no file, no socket, no pipe.
    _limit(resource.RLIMIT_NOFILE, 0)


def _limit(kind, most):
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except ValueError:  # macOS knows RLIMIT_AS and refuses every value for it
        if sys.platform != "darwin":
            raise


def main():
    gc.disable()  # a short life that makes no cycles worth looking for
    project, name, task, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    sys.path.insert(0, project)
    # Imported before the doors close, and only what the kind of file needs.
    from foundations.office import guard, naming
    from foundations.office.refusals import too_much
    from foundations.office.tables import Refused
    from foundations.office.wire import Sender

    kind = naming.ending(name)
    work, admit = _work(kind, wanted), guard.admit
    if wanted == "everything":
        from foundations.office.everything.reading import admit
    elif wanted in LOOKS and kind == "pdf":
        from foundations.office.pdf_words import admit
    for codec in CODECS:
        codecs.lookup(codec)
    out = sys.stdout.buffer
    confine(SECONDS_FOR_EVERYTHING if wanted == "everything" else SECONDS)
    try:
        said = sys.stdin.buffer.read(task)
        content = sys.stdin.buffer.read(guard.LARGEST_FILE + 1)
        kind, package = admit(content, name)
        if wanted in LOOKS:
            found = json.dumps(work(content, package), ensure_ascii=False).encode()
            _say(out, ["file", len(found)])
            out.write(found)
        elif wanted == "annotate":
            found = work(content, package, json.loads(said))
            _say(out, ["file", len(found)])
            out.write(found)
        else:
            _say(out, ["kind", kind])
            sender = Sender(out.write)
            work(content, package, naming.quoted(name), sender)
            sender.end()
    except Refused as refused:
        _say(out, ["refused", refused.message])
    except MemoryError:
        _say(out, ["refused", too_much(name)])
    except BrokenPipeError:
        os._exit(0)  # nobody wants the rest
    except BaseException as error:  # whatever it was, the parent must be told in one line
        _say(out, ["fault", _where(error)])
    out.flush()
    os._exit(0)


def _say(out, message):
    out.write(json.dumps(message).encode() + b"\n")


def _where(error):
    """Kind and place of a fault, without its text, which may quote the document."""
    trace, place = error.__traceback__, ""
    while trace:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def _work(ending, wanted):
    if wanted == "annotate":
        return _annotator(ending)
    if wanted == "everything":
        from foundations.office.everything import reading

        return reading.read
    if wanted not in LOOKS:
        return _reader(ending)
    if ending == "pdf":
        from foundations.office import pdf_words

        return {"inspect": pdf_words.inspect, "passages": pdf_words.passages}[wanted]
    from foundations.office import word_looks, word_marked, word_passages

    return {
        "inspect": word_looks.inspect,
        "passages": word_passages.passages,
        "marked": word_marked.marked,
    }[wanted]


def _reader(ending):
    if ending == "xlsx":
        from foundations.office import sheets

        return lambda content, package, file, sender: sheets.read(content, package, sender)
    if ending == "docx":
        from foundations.office import words

        return lambda content, package, file, sender: words.read(package, sender)
    from foundations.office import delimited

    return lambda content, package, file, sender: delimited.read(content, file, sender)


def _annotator(ending):
    from foundations.office import remarks, remarks_csv, remarks_sheets, remarks_words

    if ending == "xlsx":
        return lambda content, package, said: remarks_sheets.annotate(
            content, package, remarks.by_row(said)
        )
    if ending == "docx":
        return lambda content, package, said: remarks_words.annotate(
            content, package, remarks.by_row(said)
        )
    return lambda content, package, said: remarks_csv.annotate(content, remarks.by_row(said))


if __name__ == "__main__":
    main()
