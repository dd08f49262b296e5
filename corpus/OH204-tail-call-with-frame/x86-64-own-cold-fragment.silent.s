// arch: x86-64
// rule: OH204
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: the jump leaves the symbol f with its frame alive, to f.cold: that is the same function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	testl	%eax, %eax
	js	.L3
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.cfi_startproc
	.type	f.cold, %function
f.cold:
.L3:
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	ud2
	.cfi_endproc
	.size	f.cold, .-f.cold
