// arch: x86-64
// rule: OH304
// expect: OH304 f.cold+0x0
// flags: -O2
// source: gcc-12 -O2
// why: f is covered and its cold fragment is not

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
.L2:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.type	f.cold, %function
f.cold:
.L3:
	movl	$1, %edi	# planted: no unwind entry
	call	bad
	jmp	.L2
	.size	f.cold, .-f.cold
