// arch: arm64
// rule: OH305
// expect: advice OH305 f+0x0
// expect: OH103 f+0x20
// expect: unproved indirect-entry f
// flags: -O2
// why: what a personality of its own makes of its table is its own affair; it is not known what code that leads to

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__other_personality
	.cfi_lsda 0x1b, .Llsda
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	str	x19, [sp, 16]
	.cfi_offset 19, -16
	mov	w19, w0
.Lb0:
	bl	step
.Le0:
	add	w0, w0, w19
	ldr	x19, [sp, 16]
	.cfi_restore 19
	ldp	x29, x30, [sp], 32
	.cfi_def_cfa_offset 0
	.cfi_restore 29
	.cfi_restore 30
	ret
.Lpad:
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	.cfi_offset 19, -16
.Lb1:
	bl	__cxa_begin_catch
	bl	__cxa_end_catch
.Le1:
	mov	w0, w19
	ldr	x19, [sp, 16]
	.cfi_restore 19
	ldp	x29, x30, [sp], 32
	.cfi_def_cfa_offset 0
	.cfi_restore 29
	.cfi_restore 30
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.gcc_except_table, "a", %progbits
	.p2align	2
.Llsda:
	.byte	0xff			// landing pads count from the function's start
	.byte	0x9b			// types are indirect and pc-relative
	.uleb128	.Ltypes-.Lref
.Lref:
	.byte	1			// call sites are ULEB128
	.uleb128	.Lsites_end-.Lsites
.Lsites:
	.uleb128	.Lb1-f, .Le1-.Lb1, 0, 0
	.uleb128	.Lb0-f, .Le0-.Lb0, .Lpad-f, 1
.Lsites_end:
	.byte	1, 0			// catches type 1, no more
	.p2align	2
	.long	0			// catch (...)
.Ltypes:
