#pragma once

#include "ports/sessionboard.h"

#include <QAbstractListModel>
#include <QListView>

#include <memory>

namespace tidemark {

// A procedure's steps under the headings of their phases, with how each stands.
class StepModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { PhaseRole = Qt::UserRole + 100, NumberRole, GlyphRole, DangerRole, AsideRole, LoudRole };

    using QAbstractListModel::QAbstractListModel;
    // `state` may be of a session that was not begun.
    void show(const Procedure &procedure, const SessionState &state, Instant now);
    [[nodiscard]] int stepAt(int row) const; // -1: a heading
    [[nodiscard]] int rowOf(std::size_t step) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString phase;
        int step = -1;

        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] QVariant stepData(std::size_t step, int role) const;
    [[nodiscard]] QString aside(std::size_t step) const;

    Procedure m_procedure;
    SessionState m_state;
    Instant m_now;
    std::vector<Row> m_rows;
};

// One of them is chosen.
class StepList : public QListView
{
    Q_OBJECT

public:
    explicit StepList(QWidget *parent = nullptr);
    void show(const Procedure &procedure, const SessionState &state, Instant now);
    void choose(std::size_t step); // without telling
    [[nodiscard]] std::optional<std::size_t> chosen() const;

Q_SIGNALS:
    void stepWanted(int step);

private:
    StepModel *m_model;
    bool m_choosing = false;
};

} // namespace tidemark
