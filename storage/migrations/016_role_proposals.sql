-- Roles that two persons give: proposed by one, and without effect until another confirms.
create table role_proposal (
    staff text not null references staff (name),
    role text not null,
    proposed_by text not null,
    proposed_at text not null,
    primary key (staff, role)
);
