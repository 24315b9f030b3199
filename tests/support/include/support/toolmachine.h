#pragma once

#include "support/byteplace.h"
#include "support/memoryhost.h"

#include <QCryptographicHash>

namespace tidemark::test {

// Where a tool that a test made up lies, with its answers and the files it names.
class ToolMachine
{
public:
    virtual ~ToolMachine() = default;
    virtual void program(const QStringList &words, const HostOutput &answer) = 0;
    virtual void file(const QByteArray &path, const QByteArray &content, Instant modified) = 0;
    [[nodiscard]] virtual QByteArray root() const = 0; // absolute; the tool's files lie below it
};

class MemoryTools : public ToolMachine
{
public:
    void program(const QStringList &words, const HostOutput &answer) override
    {
        m_machine->program(words, answer);
    }
    void file(const QByteArray &path, const QByteArray &content, Instant modified) override
    {
        m_machine->file(path, content, modified);
    }
    [[nodiscard]] QByteArray root() const override { return "/srv"; }
    [[nodiscard]] std::shared_ptr<HostReader> reader() const
    {
        return std::make_shared<MemoryHost>(m_machine);
    }

private:
    std::shared_ptr<MemoryMachine> m_machine = std::make_shared<MemoryMachine>();
};

// A program on the disk that answers what was written down for its arguments, byte for byte, and nothing
// else; and a sudo that lets the account of that name act.
class DiskTools : public ToolMachine
{
public:
    DiskTools(const QByteArray &tool, const QByteArray &account)
    {
        script(tool,
            "f='" + m_place.path("answers") + "'/$(printf '%s\\0' \"$@\" | sha256sum | cut -c -64)\n"
                + "[ -r \"$f\" ] || { echo \"no answer to $*\" >&2; exit 99; }\n"
                  "cat \"$f\"; exit \"$(cat \"$f.exit\")\"\n");
        script("sudo",
            "[ \"$1 $2 $3 $4\" = '-n -u " + account
                + " --' ] || { echo 'sudo: a password is required' >&2; exit 1; }\nshift 4; exec \"$@\"\n");
    }
    [[nodiscard]] QByteArray path() const { return m_place.path("bin") + ":/usr/bin:/bin"; }
    void program(const QStringList &words, const HostOutput &answer) override
    {
        QCryptographicHash key(QCryptographicHash::Sha256);
        for (const QString &word : words.mid(1))
            key.addData(word.toUtf8() + '\0');
        const QByteArray name = "answers/" + key.result().toHex();
        m_place.file(name, answer.out);
        m_place.file(name + ".exit", QByteArray::number(answer.exit));
    }
    void file(const QByteArray &path, const QByteArray &content, Instant modified) override
    {
        m_place.file(path.sliced(m_place.path().size() + 1), content, modified.seconds());
    }
    [[nodiscard]] QByteArray root() const override { return m_place.path("srv"); }
    void forget()
    {
        m_place.remove("answers");
        m_place.remove("srv");
    }

private:
    void script(const QByteArray &name, const QByteArray &lines)
    {
        m_place.file("bin/" + name, "#!/bin/sh\n" + lines);
        m_place.mode("bin/" + name, 0755);
    }
    BytePlace m_place;
};

} // namespace tidemark::test
