#include "yaml/check.h"

#include "yaml/screen.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

namespace {

constexpr std::size_t MostProblems = 200;

QString didYouMean(const QString &word, const QStringList &candidates, const QString &noun)
{
    const QString near = nearest(word, candidates);
    if (!near.isEmpty())
        return u"Did you mean \"%1\"?"_s.arg(shown(near));
    if (candidates.isEmpty())
        return u"There is no %1 in this file yet."_s.arg(noun);
    if (candidates.size() > 30)
        return {};
    return u"Known here: %1."_s.arg(shown(candidates.join(u", "_s), 400));
}

bool soundsSecret(const QString &key)
{
    static const QRegularExpression form(
        u"(^|[_-])(password|passwd|passphrase|pwd|pass|pgpassword|token|api_?key|access_?key|secret_?key|"
        "private_?key|credentials?|totp|totp_?seed|otp|pin)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(key).hasMatch();
}

// postgresql://user:word@host, …?password=word, host=a password=word
bool holdsPassword(const QString &text)
{
    static const QRegularExpression form(
        u"://[^/?#@\\s]*:[^/?#@]+@|(^|[?&\\s])(password|sslpassword)\\s*=\\s*[^\\s&]"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

class Checker
{
public:
    explicit Checker(const Node &root, const MapSpec &spec)
    {
        collectNames(root, spec);
        document(root, spec);
    }
    std::vector<FileProblem> problems;

private:
    void tell(const Node &node, const QString &text, const QString &remedy)
    {
        if (problems.size() < MostProblems)
            problems.push_back(problemAt(node.place, text, remedy));
    }

    void collectNames(const Node &root, const MapSpec &spec)
    {
        for (const KeySpec &key : spec.keys) {
            if (const Node *list = root.find(key.key); list && key.shape == Shape::Items)
                m_names[key.key] = namesIn(*list);
            m_known[key.key] = QSet<QString>(m_names[key.key].begin(), m_names[key.key].end());
        }
    }
    static QStringList namesIn(const Node &list)
    {
        QStringList names;
        for (const Node &item : list.items) {
            if (const Node *name = item.find(u"name"_s))
                names << name->text;
        }
        return names;
    }

    void document(const Node &root, const MapSpec &spec)
    {
        if (root.kind == Node::Kind::Null)
            tell(root, u"the file is empty"_s, u"Begin with \"name:\" and a name."_s);
        else if (root.kind != Node::Kind::Map)
            tell(root, u"the file is not a map of keys"_s, u"Begin with \"name:\" and a name."_s);
        else
            map(root, spec);
    }

    void map(const Node &node, const MapSpec &spec)
    {
        QSet<QString> seen;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            const Node &key = node.keys[i];
            if (wordKey(key) && firstTime(key, seen))
                entry(key, node.items[i], spec);
        }
        for (const KeySpec &key : spec.keys) {
            if (key.required && !seen.contains(key.key))
                tell(
                    node, u"the %1 has no \"%2\""_s.arg(spec.noun, key.key), u"Add it: %1."_s.arg(key.about));
        }
    }

    bool wordKey(const Node &key)
    {
        if (key.kind == Node::Kind::Scalar && !key.text.isEmpty())
            return true;
        tell(key, u"a key must be a word"_s, u"Write \"key: value\"."_s);
        return false;
    }

    bool firstTime(const Node &key, QSet<QString> &seen)
    {
        if (!seen.contains(key.text)) {
            seen.insert(key.text);
            return true;
        }
        tell(key, u"the key \"%1\" is there twice"_s.arg(shown(key.text)), u"Keep one of them."_s);
        return false;
    }

    void entry(const Node &key, const Node &value, const MapSpec &spec)
    {
        if (problems.size() >= MostProblems) // the search for near words is dear
            return;
        if (const KeySpec *known = spec.find(key.text))
            return this->value(value, *known);
        if (soundsSecret(key.text))
            return tell(key, u"\"%1\": a secret does not belong into this file"_s.arg(shown(key.text)),
                u"Keep it in the keychain and name it here (secret: NAME), or use password_command."_s);
        const bool merge = key.text == "<<"_L1;
        tell(key, u"unknown key \"%1\" in the %2"_s.arg(shown(key.text), spec.noun),
            merge ? u"Write the keys out."_s : didYouMean(key.text, spec.known(), u"key"_s));
    }

    void value(const Node &node, const KeySpec &key)
    {
        if (node.kind == Node::Kind::Null)
            return tell(node, u"\"%1\" has no value"_s.arg(key.key), u"Give it one or remove the key."_s);
        switch (key.shape) {
        case Shape::Scalar:
            return scalarValue(node, key, u"\"%1\" must be a %2"_s.arg(key.key, kindName(key)));
        case Shape::Texts:
            return texts(node, key);
        case Shape::Pairs:
            return pairs(node, key);
        case Shape::Map:
            return wanted(node, Node::Kind::Map, key, u"a map of keys"_s) ? map(node, *key.map) : void();
        case Shape::Items:
            return items(node, key);
        }
    }

    static QString kindName(const KeySpec &key)
    {
        return key.choices.isEmpty() || key.shape == Shape::Pairs ? key.kind->name : u"word"_s;
    }

    bool wanted(const Node &node, Node::Kind kind, const KeySpec &key, const QString &words)
    {
        if (node.kind == kind)
            return true;
        const QString remedy = kind == Node::Kind::List ? u"Write \"- \" before each, or [a, b]."_s
                                                        : u"Write \"key: value\" lines below it."_s;
        tell(node, u"\"%1\" must be %2"_s.arg(key.key, words), remedy);
        return false;
    }

    void scalarValue(const Node &node, const KeySpec &key, const QString &otherwise)
    {
        if (node.kind != Node::Kind::Scalar)
            return tell(node, otherwise, u"Write one value, such as: %1."_s.arg(exampleOf(key)));
        if (holdsPassword(node.text))
            return tell(node, u"\"%1\" holds a password"_s.arg(key.key),
                u"Keep it in the keychain and name it here (secret: NAME), or use password_command."_s);
        if (key.shape == Shape::Scalar && !key.choices.isEmpty())
            return choice(node, key);
        if (const auto complaint = key.kind->check(node.text))
            return tell(node, complaint->text, complaint->remedy);
        if (!key.names.isEmpty() && !m_known[key.names].contains(node.text))
            unknownName(node, key);
    }

    static QString exampleOf(const KeySpec &key)
    {
        return key.choices.isEmpty() || key.shape == Shape::Pairs ? key.kind->example : key.choices.front();
    }

    void choice(const Node &node, const KeySpec &key)
    {
        if (!key.choices.contains(node.text))
            tell(node, u"\"%1\" is no %2"_s.arg(shown(node.text), key.key),
                didYouMean(node.text, key.choices, key.key));
    }

    void unknownName(const Node &node, const KeySpec &key)
    {
        if (problems.size() >= MostProblems)
            return;
        const QString noun = key.names.chopped(1);
        tell(node, u"there is no %1 \"%2\""_s.arg(noun, shown(node.text)),
            didYouMean(node.text, m_names[key.names], noun));
    }

    void texts(const Node &node, const KeySpec &key)
    {
        if (!wanted(node, Node::Kind::List, key, u"a list"_s))
            return;
        for (const Node &item : node.items)
            scalarValue(item, key, u"each of \"%1\" must be a %2"_s.arg(key.key, kindName(key)));
    }

    void pairs(const Node &node, const KeySpec &key)
    {
        if (!wanted(node, Node::Kind::Map, key, u"a map of keys"_s))
            return;
        QSet<QString> seen;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            const Node &name = node.keys[i];
            if (!wordKey(name) || !firstTime(name, seen))
                continue;
            if (!key.choices.isEmpty() && !key.choices.contains(name.text))
                tell(name, u"unknown key \"%1\" in \"%2\""_s.arg(shown(name.text), key.key),
                    didYouMean(name.text, key.choices, u"key"_s));
            else if (soundsSecret(name.text))
                entry(name, node.items[i], {});
            else
                scalarValue(
                    node.items[i], key, u"\"%1\" must be a %2"_s.arg(shown(name.text), kindName(key)));
        }
    }

    void items(const Node &node, const KeySpec &key)
    {
        if (!wanted(node, Node::Kind::List, key, u"a list"_s))
            return;
        QSet<QString> seen;
        for (const Node &item : node.items) {
            if (!wanted(item, Node::Kind::Map, key, u"a list of maps"_s))
                continue;
            map(item, *key.map);
            const Node *name = item.find(u"name"_s);
            if (name && name->kind == Node::Kind::Scalar && seen.contains(name->text))
                tell(*name, u"a second %1 is named \"%2\""_s.arg(key.map->noun, shown(name->text)),
                    u"Give each a name of its own."_s);
            if (name)
                seen.insert(name->text);
        }
    }

    QHash<QString, QStringList> m_names;
    QHash<QString, QSet<QString>> m_known;
};

} // namespace

std::vector<FileProblem> check(const Node &root, const MapSpec &spec)
{
    std::vector<FileProblem> problems = Checker(root, spec).problems;
    std::stable_sort(problems.begin(), problems.end(), [](const FileProblem &a, const FileProblem &b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return problems;
}

} // namespace tidemark::yaml
