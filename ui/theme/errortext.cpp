#include "theme/errortext.h"

#include "theme/errorcodes.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

const char *sentenceOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return QT_TRANSLATE_NOOP("Error", "It was cancelled");
    case ErrorKind::Unreachable:
        return QT_TRANSLATE_NOOP("Error", "It cannot be reached");
    case ErrorKind::Denied:
        return QT_TRANSLATE_NOOP("Error", "It refused the credentials or the right is missing");
    case ErrorKind::NotFound:
        return QT_TRANSLATE_NOOP("Error", "It was not found");
    case ErrorKind::Conflict:
        return QT_TRANSLATE_NOOP("Error", "Something else stands in the way");
    case ErrorKind::Timeout:
        return QT_TRANSLATE_NOOP("Error", "It did not answer in time");
    case ErrorKind::Protocol:
        return QT_TRANSLATE_NOOP("Error", "The answer could not be understood");
    case ErrorKind::Invalid:
        return QT_TRANSLATE_NOOP("Error", "The input cannot be used");
    case ErrorKind::Internal:
        return QT_TRANSLATE_NOOP("Error", "Tidemark could not go on");
    }
    return "";
}

const char *hintOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return "";
    case ErrorKind::Unreachable:
        return QT_TRANSLATE_NOOP("Error", "Check the address, the port and that the service runs.");
    case ErrorKind::Denied:
        return QT_TRANSLATE_NOOP("Error", "Check the role and its rights, then try again.");
    case ErrorKind::NotFound:
        return QT_TRANSLATE_NOOP("Error", "Check the name and whether it still exists.");
    case ErrorKind::Conflict:
        return QT_TRANSLATE_NOOP("Error", "Look at what it names, then try again.");
    case ErrorKind::Timeout:
        return QT_TRANSLATE_NOOP("Error", "Check the network and the load of the server, then try again.");
    case ErrorKind::Protocol:
        return QT_TRANSLATE_NOOP("Error", "Check that the address leads to the right kind of server.");
    case ErrorKind::Invalid:
        return QT_TRANSLATE_NOOP("Error", "Correct what is named below.");
    case ErrorKind::Internal:
        return QT_TRANSLATE_NOOP("Error", "The log file has more.");
    }
    return "";
}

const ErrorCodeRow *rowOf(const QString &code)
{
    const QByteArray wanted = code.toUtf8();
    const auto rows = errorCodes();
    const auto found
        = std::ranges::find_if(rows, [&](const ErrorCodeRow &row) { return wanted == row.code; });
    return found == rows.end() ? nullptr : &*found;
}

QString words(const char *text)
{
    return *text ? QCoreApplication::translate("Error", text) : QString();
}

} // namespace

ErrorText errorText(const Error &error)
{
    if (const ErrorCodeRow *row = rowOf(error.code))
        return { words(row->sentence), words(row->hint) };
    return { words(sentenceOf(error.kind)), words(hintOf(error.kind)) };
}

bool hasOwnText(const QString &code)
{
    return rowOf(code) != nullptr;
}

} // namespace tidemark
