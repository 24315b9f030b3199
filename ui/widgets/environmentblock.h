#pragma once

#include "fleet/fleet.h"

#include <QWidget>

#include <optional>

namespace tidemark {

// The 6 px pattern at the left of a window, pane or dialog that says which environment it acts on. Nothing
// set: all clusters, plain grey.
class EnvironmentEdge : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentEdge(QWidget *parent = nullptr);
    void setEnvironment(std::optional<Environment> environment);
    [[nodiscard]] std::optional<Environment> environment() const { return m_environment; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Environment> m_environment;
};

// The block beside it: environment in capitals over a name. Narrow, it keeps its colour and the first
// letters.
class EnvironmentBlock : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentBlock(QWidget *parent = nullptr);
    void showCluster(Environment environment, const QString &name);
    void showAll(const QString &summary); // "5 production, 1 test"
    void setNarrow(bool narrow);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &heading, const QString &letters, const QString &name);
    void paintWords(QPainter &painter, const QColor &heading, const QColor &name) const;

    std::optional<Environment> m_environment;
    QString m_heading;
    QString m_letters;
    QString m_name;
    bool m_narrow = false;
};

// The head of a dialog that acts on one target: "PRODUCTION · oltp-db" on the environment's colour.
class EnvironmentHeading : public QWidget
{
    Q_OBJECT

public:
    EnvironmentHeading(Environment environment, const QString &target, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Environment m_environment;
    QString m_words;
};

} // namespace tidemark
